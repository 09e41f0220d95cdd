"""Renders a message's Markdown as clean HTML. Imports nothing of Django, so that a sandboxed process can run it; see `rendering`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape, unescape

import comrak
import nh3
from pygments.token import STANDARD_TYPES

from zashiki.messages.markdown_inline import NUMBER, PRIVATE, restore
from zashiki.messages.markdown_lines import Lines
from zashiki.text.visible_text import has_visible_html

NESTING_LIMIT = 24  # quotes and lists inside each other; cleaning costs the square of it
CELL_LIMIT = 10_000  # lines by columns: a short row is filled up with empty cells, so a wide head makes millions of them
SIZE_LIMIT = 500_000  # characters of html; longer than any text that is shown plainly under the default limit
GROWTH_LIMIT = 8  # html by body, in characters each; what grows more is shown plainly

Mark = Callable[[str], str]  # HTML to HTML with mentions marked
Highlight = Callable[[Sequence[tuple[str, str]]], Sequence[str | None]]  # see `sandbox.pygments_child`

_EXTENSIONS = comrak.ExtensionOptions()
_WITHOUT_TABLES = comrak.ExtensionOptions()
for _extensions in (_EXTENSIONS, _WITHOUT_TABLES):
    _extensions.tasklist = True
_EXTENSIONS.table = True
_PARSING = comrak.ParseOptions()
_PARSING.ignore_setext = True  # a line of dashes below a text is a rule, and the text no heading
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
        "li": {"value"},
        "ol": {"start"},
        "span": {"data-person"},
        "td": {"align"},
        "th": {"align"},
    },
    allowed_classes={"span": (set(STANDARD_TYPES.values()) - {""}) | {"mention", "spaces"}, "div": {"code"}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel="noopener noreferrer nofollow ugc",
    set_tag_attribute_values={"a": {"target": "_blank"}, "input": {"type": "checkbox", "disabled": ""}},
)
_CODE = re.compile(r'<pre><code class="language-([^"]+)">(.*?)</code></pre>', re.DOTALL)
_LINK = re.compile(r'<a href="z(\d+)">')
_NUMBER = re.compile(rf"(<li)(>(?:\n<p>)?){NUMBER}(\d+){NUMBER}")
# Lines in which there is no markup, whatever surrounds their characters, and nothing that can be taken for html.
_SIGNS = r"\x00-\x20\x7f-\xa0*_~`\[\]<>&\\|#@＠:"
_PLAIN_LINE = rf"(?!\d*[.)])[^{_SIGNS}+=\-](?:[^{_SIGNS}]| (?![ \n])|:(?!//|[A-Za-z0-9_+-]{{1,40}}:))*+"
_PLAIN = re.compile(rf"{_PLAIN_LINE}(?:\n+{_PLAIN_LINE})*")
_NEWLINE = re.compile(r"\r\n?")
_PARAGRAPHS = re.compile(r"\n{2,}")
_OPENING = re.compile(r"<(/?)(?:blockquote|ul|ol)\b")


def is_plain(body: str) -> bool:
    """Whether a text certainly has no markup, so that `paragraphs` renders it."""
    return bool(_PLAIN.fullmatch(body)) and "www." not in body.lower()


def to_html(body: str, mark: Mark, highlight: Highlight) -> str:
    """Clean HTML for a message's body: what was typed, except for the markup that docs/formatting.md names.

    A line break stays a line break, and HTML that was typed is shown as text. Images from other sites become links, so that
    reading a room tells no other site who reads it. A body whose HTML would be too large is shown without markup.

    Args:
        body: what was typed, at most ``MAX_MESSAGE_LENGTH`` characters. The time taken is bounded: tests hold it below 0.1 s for 10,000.
        mark: marks mentions in the HTML before it is cleaned.
        highlight: gives each block of code (language, code) its HTML, or ``None`` to show it without colors.
    """
    size_limit = min(20_000 + GROWTH_LIMIT * len(body), SIZE_LIMIT)
    html = _html(body)
    if len(html) > size_limit or _nesting(html) > NESTING_LIMIT:
        html = _plain(body)
    if 'class="language-' in html:
        highlighted = _highlighted(html, highlight)
        html = highlighted if len(highlighted) <= size_limit else _CODE.sub(_in_one_color, html)
    cleaned = _CLEANER.clean(mark(html))
    is_shown = len(cleaned) <= size_limit and has_visible_html(cleaned)
    return cleaned if is_shown else _CLEANER.clean(_plain(body))


def paragraphs(body: str) -> str:
    """HTML of a text without markup."""
    if "\n" in body:
        body = _PARAGRAPHS.sub("</p>\0<p>", body).replace("\n", "<br>\n").replace("\0", "\n")
    return f"<p>{body}</p>\n"


def _html(body: str) -> str:
    if PRIVATE.search(body):
        return _plain(body)
    lines = Lines(body)
    html = comrak.render_markdown(
        lines.source(),
        extension_options=_EXTENSIONS if _cells(body) <= CELL_LIMIT else _WITHOUT_TABLES,
        parse_options=_PARSING,
        render_options=_OUTPUT,
    )
    if NUMBER in html:
        html = _NUMBER.sub(r'\1 value="\3"\2', html)
    links = lines.inline.links
    if links and len(_LINK.findall(html)) != len(links):
        return _plain(body)
    if links:
        html = _LINK.sub(lambda found: f'<a href="{escape(links[int(found[1])])}">', html)
    restored = restore(html)
    return _plain(body) if restored is None else restored


def _plain(body: str) -> str:
    """HTML for a text as it was typed, without any markup."""
    blocks = _PARAGRAPHS.split(escape(_NEWLINE.sub("\n", body)))
    return "\n\n".join(f"<p>{block.replace(chr(10), '<br>')}</p>" for block in blocks)


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


def _highlighted(html: str, highlight: Highlight) -> str:
    blocks = iter(highlight([(unescape(language), unescape(code)) for language, code in _CODE.findall(html)]))

    def block(match: re.Match[str]) -> str:
        shown = next(blocks)
        return _in_one_color(match) if shown is None else _block(shown)

    return _CODE.sub(block, html)


def _in_one_color(found: re.Match[str]) -> str:
    return _block(found[2])


def _block(code: str) -> str:
    return f'<div class="code"><pre><code>{code}</code></pre></div>'
