"""From what was typed to what is shown: markdown, coloured code, cleaned last."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import comrak
import nh3
from django.utils.html import linebreaks
from pygments.token import STANDARD_TYPES

from zashiki.confined.code import colour
from zashiki.visible_text import has_visible_html

NESTING_LIMIT = 24  # quotes and lists inside each other; cleaning costs the square of it
CELL_LIMIT = 10_000  # lines by columns: a short row is filled up with empty cells, so a wide head makes millions of them
GROWTH_LIMIT = 8  # html by body, in characters each; what grows more is shown plainly

_EXTENSIONS = comrak.ExtensionOptions()
_WITHOUT_TABLES = comrak.ExtensionOptions()
for _extensions in (_EXTENSIONS, _WITHOUT_TABLES):
    _extensions.strikethrough = _extensions.autolink = _extensions.tasklist = True
    _extensions.cjk_friendly_emphasis = _extensions.shortcodes = True
_EXTENSIONS.table = True
_PARSING = comrak.ParseOptions()
_OUTPUT = comrak.RenderOptions()
_OUTPUT.hardbreaks = _OUTPUT.escape = True  # what somebody typed in angle brackets is shown, not swallowed

_CLEANER = nh3.Cleaner(
    tags=set(
        [
            "a",
            "blockquote",
            "br",
            "code",
            "del",
            "div",
            "em",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "input",
            "li",
            "ol",
            "p",
            "pre",
            "span",
            "strong",
            "table",
            "tbody",
            "td",
            "th",
            "thead",
            "tr",
            "ul",
        ]
    ),
    attributes={
        "a": {"href", "title", "target"},
        "input": {"type", "checked", "disabled"},
        "ol": {"start"},
        "span": {"data-person"},
        "td": {"align"},
        "th": {"align"},
    },
    allowed_classes={"span": (set(STANDARD_TYPES.values()) - {""}) | {"mention"}, "div": {"code"}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel="noopener noreferrer nofollow ugc",
    set_tag_attribute_values={"a": {"target": "_blank"}, "input": {"type": "checkbox", "disabled": ""}},
)
_CODE = re.compile(r'<pre><code class="language-([^"]+)">(.*?)</code></pre>', re.DOTALL)
_IMAGE = re.compile(r'<img src="([^"]*)" alt="([^"]*)"[^>]*>')
_OPENING = re.compile(r"<(/?)(?:blockquote|ul|ol)\b")


def render(body: str, mark: Callable[[str], str] | None = None, *, author: str = "") -> str:
    """Clean html for a message's body.

    GitHub flavoured markdown (GFM specification 0.29); a line break is a line break; html that was typed is shown as text; pictures from
    elsewhere become links, so that reading a room tells nobody that one reads it.

    Args:
        body: what was typed, within the site's limit.
        mark: what else is to be marked in the html before it is cleaned, such as whom it speaks to.
        author: who is charged for the time that colouring code takes; see `zashiki.confined.code.colour`.
    """
    size_limit = 20_000 + GROWTH_LIMIT * len(body)
    html = comrak.render_markdown(
        body,
        extension_options=_EXTENSIONS if _cells(body) <= CELL_LIMIT else _WITHOUT_TABLES,
        parse_options=_PARSING,
        render_options=_OUTPUT,
    )
    if len(html) > size_limit or _nesting(html) > NESTING_LIMIT:
        html = linebreaks(body, autoescape=True)
    if "<img " in html:
        html = _IMAGE.sub(_link_to_image, html)
    if 'class="language-' in html:
        coloured = _coloured(html, author)
        html = coloured if len(coloured) <= size_limit else _CODE.sub(_in_one_colour, html)
    if mark is not None:
        html = mark(html)
    cleaned = _CLEANER.clean(html)
    # Markdown makes nothing of "#", "> " or "[x]: y": they are shown as they were typed.
    return cleaned if has_visible_html(cleaned) else linebreaks(body, autoescape=True)


def _cells(body: str) -> int:
    """At least as many as all tables of a text can have."""
    lines = body.splitlines() or [""]
    return len(lines) * (1 + max(line.count("|") for line in lines))


def _nesting(html: str) -> int:
    deepest = depth = 0
    for closing in _OPENING.findall(html):
        depth += -1 if closing else 1
        deepest = max(deepest, depth)
    return deepest


def _link_to_image(found: re.Match[str]) -> str:
    address, words = found.groups()
    return f'<a href="{address}">{words or address}</a>'


def _coloured(html: str, author: str) -> str:
    """Html with the code of known languages coloured. A confined process does it: a few dozen characters can keep a lexer busy for ever."""
    found = [(unescape(language), unescape(code)) for language, code in _CODE.findall(html)]
    blocks = iter(colour(found, author))

    def block(match: re.Match[str]) -> str:
        shown = next(blocks)
        return _in_one_colour(match) if shown is None else _block(shown)

    return _CODE.sub(block, html)


def _in_one_colour(found: re.Match[str]) -> str:
    return _block(found[2])


def _block(code: str) -> str:
    return f'<div class="code"><pre><code>{code}</code></pre></div>'
