"""One line of what was typed, made ready for the markdown parser: whatever is not the markup that docs/formatting.md names is made literal.

The parser knows more markup than people who chat mean (entities, reference links, emphasis in ``2*3*4`` ...), and would swallow it.
So addresses, links, emoji and mentions are found here, and every sign that is none of markup is replaced by a private character that the
parser passes on; `restore` replaces it back in the html. It does not matter whether that stands in text or in code.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from html import escape

from zashiki.messages import mention_syntax
from zashiki.messages.emphasis import Brackets, Run, face_at, pair, run_at, without_backslashes
from zashiki.messages.link_detection import MAIL, PAGE, address_in, host_of
from zashiki.messages.misleading_links import place_behind
from zashiki.messages.shortcodes import emoji_at
from zashiki.text.scripts import Kind, kind_of

_BASE = 0x10FF00  # private characters, of the last plane: this and the code of an ASCII character
PRIVATE = re.compile(f"[{chr(_BASE)}-{chr(_BASE + 127)}]")
NUMBER = chr(_BASE + 1)  # on both sides of a list item's number

_BEGUN = {"em": chr(_BASE + 2), "strong": chr(_BASE + 3), "del": chr(_BASE + 4)}
_ENDED = {"em": chr(_BASE + 5), "strong": chr(_BASE + 6), "del": chr(_BASE + 7)}
_LITERAL = {code: chr(_BASE + code) for code in range(9, 127) if not chr(code).isalnum() and code != 10}
_RESTORED = {private: escape(chr(code), quote=False) for code, private in _LITERAL.items()}
_RESTORED.update((private, f"<{element}>") for element, private in _BEGUN.items())
_RESTORED.update((private, f"</{element}>") for element, private in _ENDED.items())
_INLINE = {ord(sign): _LITERAL[ord(sign)] for sign in "\\`*_[]<&~|"}  # what is markup in the middle of a line
_SPACE, _TAB = chr(_BASE + 32), chr(_BASE + 9)
_SPACES = re.compile(f"(?:(?<=[>\n])|(?={_SPACE}?{_TAB}|{_SPACE}{_SPACE}))[{_TAB}{_SPACE}]+")

_TEXT = r"(?P<text>(?:[^\[\]\\\n]|\\.|\[[^\[\]\n]{0,100}\]){0,200})"
_LINK = re.compile(
    rf"!?\[{_TEXT}\]\((?P<dest>[^\s()<>]{{1,1900}}(?:\([^\s()<>]{{0,300}}\)[^\s()<>]{{0,300}}){{0,3}})\)"
)
_SIGNS = (
    r"(?P<face>[(（](?=[^()（）\n]{0,14}[*_`]))"
    r"|(?P<code>`+)"
    r"|(?P<escape>\\(?:\*(?:\\?\*)*|_(?:\\?_)*|~(?:\\?~)*|[`\[|]))"
    r"|(?P<mention>@\[)"
    r"|(?P<link>!?\[)"
    r"|(?P<run>\*+|_+|~+)"
    r"|(?P<name>:[A-Za-z0-9_+-]{1,40}:)"
    r"|(?P<spaces>[ \t]{2,}|\t)"
    r"|(?P<sign>[\\\]&<|])"
)
# By whether there may be addresses of pages, and of mail: to look for them costs the most.
_TOKENS = {
    (False, False): re.compile(_SIGNS),
    (True, False): re.compile(rf"{_SIGNS}|(?P<address>{PAGE})"),
    (False, True): re.compile(rf"{_SIGNS}|(?P<address>{MAIL})"),
    (True, True): re.compile(rf"{_SIGNS}|(?P<address>{PAGE}|{MAIL})"),
}
_RUNS = 2_000  # of signs that begin or end emphasis in one body; more are text
_UNSEEN = " \t\n\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff\u00ad*_~`"


def literal(text: str) -> str:
    """A text in which the parser finds no markup."""
    return text.translate(_LITERAL)


def restore(html: str) -> str | None:
    """Html of the parser with the characters that were made literal; spaces that a browser would collapse are in a span of their own.

    None: there is a private character in it that stands for none of them.
    """
    if _SPACE in html or _TAB in html:
        html = _SPACES.sub(lambda found: f'<span class="spaces">{found[0]}</span>', html)
    try:
        return PRIVATE.sub(lambda found: _RESTORED[found[0]], html)
    except KeyError:
        return None


class Inline:
    """Makes lines of one body ready.

    Attributes:
        links: where the links lead, in order; link ``n`` has ``zn`` for its address until the html is there.
        runs_left: how many more runs of signs may be emphasis.
    """

    def __init__(self) -> None:
        self.links: list[str] = []
        self.runs_left = _RUNS

    def line(self, text: str, *, in_table: bool = False) -> str:
        return _Line(self, text, in_table=in_table).ready()

    def link(self, text: str, href: str) -> str:
        """Markdown for a link; the text is ready."""
        self.links.append(href)
        return f"[{text}](z{len(self.links) - 1})"


class _Line:
    def __init__(self, inline: Inline, text: str, *, in_table: bool, in_link: bool = False) -> None:
        self._inline = inline
        self._text = text
        self._in_table = in_table
        self._in_link = in_link
        self._has_links = not in_link and "](" in text
        self._at = 0
        self._atom = -1  # where the last code, link or emoji has ended
        self._parts: list[str] = []
        self._runs: list[Run] = []
        self._brackets = Brackets(text)
        self._fences: dict[int, list[int]] | None = None  # where runs of backticks begin, by their length

    def ready(self) -> str:
        text = self._text
        has_pages = "://" in text or "www." in text or "www." in text.lower()
        token = _TOKENS[has_pages, "@" in text]
        parts = self._parts
        while found := token.search(text, self._at):
            parts.append(self._text[self._at : found.start()])
            self._at = found.end()
            read: Callable[[re.Match[str]], str] = getattr(self, f"_{found.lastgroup}")
            parts.append(read(found))
        parts.append(self._text[self._at :])
        self._emphasise()
        return "".join(parts)

    def _emphasise(self) -> None:
        """Fill in the parts that are runs, when all of the line is known. A backslash is not seen where the run would be markup without it."""
        pair(self._runs)
        for run in self._runs:
            if not run.is_escaped:
                ended = "".join(_ENDED[element] for element in run.ended)
                begun = "".join(_BEGUN[element] for element in reversed(run.begun))
                self._parts[run.part] = ended + literal(run.sign * run.left) + begun
        if any(run.is_escaped for run in self._runs):
            for run, bare in zip(self._runs, without_backslashes(self._runs), strict=True):
                if run.is_escaped and (bare.begun or bare.ended):
                    self._parts[run.part] = literal(run.sign * run.length)

    def _ends_at(self, end: int) -> None:
        self._at = self._atom = end

    def _face(self, found: re.Match[str]) -> str:
        face = face_at(self._text, found.start())
        if face is None:
            return found[0]
        self._at += len(face) - 1
        return literal(face)

    def _code(self, found: re.Match[str]) -> str:
        begun, length = found.span()[1], len(found[0])
        if self._fences is None:
            self._fences = {}
            for run in re.finditer("`+", self._text):
                self._fences.setdefault(len(run[0]), []).append(run.start())
        places = self._fences.get(length, [])
        index = bisect_right(places, found.start())
        is_apostrophe = found.start() > 0 and kind_of(self._text[found.start() - 1]) is Kind.WORD
        if is_apostrophe or index >= len(places) or not self._text[begun : places[index]].strip():
            return literal(found[0])
        self._ends_at(places[index] + length)
        return self._text[found.start() : self._at]

    def _escape(self, found: re.Match[str]) -> str:
        sign, start = found[0][1], found.start()
        if sign == "|":
            return literal("|" if self._in_table else found[0])
        if sign in "*_~" and self._text[start - 1 : start] not in (":", "\\"):
            return self._run(found)
        if sign == "`":
            needed = "`" in self._text[found.end() :] or "`" in self._text[:start]
        else:
            needed = sign == "[" and self._has_links and _LINK.match(self._text, start + 1) is not None
        return literal(found[0][1:] if needed else found[0])

    def _mention(self, found: re.Match[str]) -> str:
        chosen = None if self._in_link else mention_syntax.CHOSEN.match(self._text, found.start())
        if chosen is None:
            self._at -= 1
            return "@"
        self._ends_at(chosen.end())
        return "@" + self._inline.link(literal(mention_syntax.unescaped(chosen[1])), chosen[2])

    def _link(self, found: re.Match[str]) -> str:
        link = _LINK.match(self._text, found.start()) if self._has_links else None
        host = host_of(link["dest"]) if link else None
        if link is None or host is None:
            return literal(found[0])
        self._ends_at(link.end())
        return self._named(link["text"], link["dest"], host)

    def _named(self, words: str, href: str, host: str) -> str:
        """A link with words: they are seen, and do not name another address."""
        shown = _Line(self._inline, words, in_table=self._in_table, in_link=True).ready()
        if not words.strip(_UNSEEN):
            return self._inline.link(literal(href), href)
        link = self._inline.link(shown, href)
        place = place_behind(words, href, host)
        return f"{link} {literal(f'({place})')}" if place else link

    def _run(self, found: re.Match[str]) -> str:
        """What stands for a run until the end of the line is known."""
        if not self._inline.runs_left:
            return literal(found[0])
        run = run_at(self._text, found.start(), found.end(), self._atom, len(self._parts))
        if run is not None:
            self._inline.runs_left -= 1
            run.depth, run.lowest = self._brackets.depth_at(found.start())
            self._runs.append(run)
        return literal(found[0])

    def _name(self, found: re.Match[str]) -> str:
        emoji = emoji_at(self._text, *found.span())
        if emoji is None:
            self._at -= 1  # the last colon may begin another
            return found[0][:-1].replace("_", literal("_"))
        self._atom = self._at
        return emoji

    def _spaces(self, found: re.Match[str]) -> str:
        return literal(found[0]) if found.end() < len(self._text) else ""

    def _sign(self, found: re.Match[str]) -> str:
        return literal(found[0]) if found[0] != "|" or not self._in_table else "|"

    def _address(self, found: re.Match[str]) -> str:
        after = self._text[found.end() : found.end() + 2]
        address = None if self._in_link else address_in(found[0], after)
        if address is None:
            return literal(found[0])
        self._ends_at(found.start() + len(address.text))
        return self._inline.link(address.text.translate(_INLINE), address.href)
