"""Colours code with Pygments; runs in a confined process."""

from __future__ import annotations

import json
import time
from typing import Any

from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import LEXERS, find_lexer_class
from pygments.plugin import find_plugin_lexers

from zashiki.sandbox.child import OutOfTime, cpu_limit

LOADING_LIMIT = 0.5  # seconds of CPU for languages that this process has not coloured before, in one request

_FORMATTER = HtmlFormatter(nowrap=True)
_classes: dict[str, Any] = {}  # lexer classes by alias, lower case


def answer(request: bytes) -> bytes:
    """Args:
        request: JSON ``{"blocks": [[language, code], ...], "seconds": CPU time for all of them}``.

    Returns:
        JSON ``{"blocks": [html or null, ...], "seconds": CPU time used without loading, "late": whether it was not enough}``. Null is a block that stays as it is:
        no such language, a lexer that failed, or no time left.
    """
    asked = json.loads(request)
    lexers = _loaded([language for language, _ in asked["blocks"]])
    begun = time.process_time()
    coloured: list[str | None] = [None] * len(lexers)
    late = False
    try:
        with cpu_limit(asked["seconds"]):
            for number, (lexer, (_, code)) in enumerate(zip(lexers, asked["blocks"], strict=True)):
                if lexer is not None:
                    coloured[number] = _coloured(lexer, code)
    except OutOfTime:
        late = True
    return json.dumps(
        {"blocks": coloured, "seconds": time.process_time() - begun, "late": late}, ensure_ascii=False
    ).encode("utf-8", "surrogatepass")


def _coloured(lexer: Any, code: str) -> str | None:
    try:
        return highlight(code, lexer(stripnl=False), _FORMATTER)
    except Exception:  # whatever is wrong with a lexer, the code can be read without its colours
        return None


def _loaded(languages: list[str]) -> list[Any]:
    """The lexer classes of some languages, ready to be used; ``None`` for those that are not known or would take too long to load."""
    until = time.process_time() + LOADING_LIMIT
    found: dict[str, Any] = {}
    for language in languages:
        if language not in found and time.process_time() < until:
            found[language] = _lexer_class(language.lower())
    return [found.get(language) for language in languages]


def _lexer_class(alias: str) -> Any:
    if not _classes:
        _list_aliases()
    known = _classes.get(alias)
    if isinstance(known, str):
        known = _classes[alias] = find_lexer_class(known)
        try:
            known(stripnl=False)  # its expressions are compiled when it is made for the first time
        except Exception:
            known = _classes[alias] = None
    return known


def _list_aliases() -> None:
    """Fill `_classes` with the names of Pygments' lexers, and with the lexers of its plugins."""
    for plugin in find_plugin_lexers():
        _classes.update((alias.lower(), plugin) for alias in plugin.aliases)
    for _, name, aliases, _, _ in LEXERS.values():
        _classes.update((alias.lower(), name) for alias in aliases)
