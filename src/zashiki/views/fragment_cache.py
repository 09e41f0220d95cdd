"""Parts of a page that are drawn once for all who see the same in them.

``{% cached title=room.title may_write=can.post %}…{% endcached %}`` is drawn anew only for a title that it has not been drawn for yet. What is inside
sees the named values and nothing else, neither the person nor the request, so nothing of one person can be kept for another.
"""

from __future__ import annotations

from threading import Lock
from typing import Any

from django.conf import settings
from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.urls import get_script_prefix
from django.utils.translation import get_language

LIMIT = 1024  # drawings of each part
PLAIN = (str, int, type(None))  # what cannot change and stay the same


class CachedNode(Node):
    """One part of a template, with its latest drawings by language and values."""

    def __init__(self, values: dict[str, FilterExpression], nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self._names = tuple(values)
        self._values = tuple(values.values())
        self._drawn: dict[Any, str] = {}
        self._lock = Lock()

    def render(self, context: Context) -> str:
        """Raises TypeError: a value is something that could look different later and still be the same."""
        values = tuple(value.resolve(context) for value in self._values)
        kinds = tuple(map(type, values))  # text that is safe equals text that is not
        key = values, kinds, get_language(), get_script_prefix()
        found = self._drawn.get(key)
        return self._draw(context, key) if found is None or settings.DEBUG else found

    def _draw(self, context: Context, key: Any) -> str:
        values, kinds, *_ = key
        if not all(isinstance(value, PLAIN) for value in values):
            raise TypeError(f"{{% cached %}} takes text, numbers, yes and no, not {kinds} for {self._names}")
        alone = Context(dict(zip(self._names, values, strict=True)), context.autoescape, context.use_l10n)
        alone.template = context.template
        html = self.nodelist.render(alone)
        with self._lock:
            self._drawn[key] = html
            if len(self._drawn) > LIMIT:
                del self._drawn[next(iter(self._drawn))]
        return html


def cached(parser: Parser, token: Token) -> CachedNode:
    """The tag."""
    words = token.split_contents()[1:]
    values = token_kwargs(words, parser)
    if words:
        raise TemplateSyntaxError("{% cached %} takes values with their names: title=room.title")
    nodelist = parser.parse(("endcached",))
    parser.delete_first_token()
    return CachedNode(values, nodelist)
