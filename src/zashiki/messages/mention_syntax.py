"""How a mention is written, and where one begins and ends; static/zashiki/composer/mention_syntax.js follows the same rules.

``@[Aiko Tanaka](u3)`` is what a composer writes for a person who was chosen from a list. In the name there is a backslash before ``\\``, ``[``,
``]`` and the signs of markup; in the key every character but ASCII letters, digits and ``_.:-`` is percent-encoded (RFC 3986, 2.1).

``@aiko`` names an account. It begins with ``@`` or ``＠``; not directly behind a letter or digit of a script with spaces, ``@``, ``.``, ``/``, ``\\``,
``+`` or ``-``, as in an address. It ends where its characters end, or where a script without spaces begins (``@benさん``). Of all names that
it can be read as, the longest that is somebody's counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

from zashiki.text.scripts import Kind, kind_of

EVERYBODY = "room"  # the key of a mention of everybody in a room, typed as @room

KEY = r"u(?:[\w.:-]|%[0-9A-Fa-f]{2}){1,900}|v[0-9a-f]{1,79}|room"
CHOSEN = re.compile(rf"@\[((?:[^\[\]\\\n]|\\.){{1,400}})\]\(({KEY})\)")

_SIGNS_OF_MARKUP = re.compile(r"([\\\[\]*_~`<>&])")
_ESCAPED = r"\\\1"
_SIGNS = "._+-@"
_LETTER = (  # no space, control character, sign of ASCII, punctuation or emoji
    r"[^\x00-*,/:-@\[-^`{-\x9f\s\u00a1-\u00a9\u00ab\u00b4\u00b6-\u00b8\u00bb\u00bf\u2010-\u2027\u2030-\u205e\u2190-\u2bff\u3001-\u3003\u3008-\u3020\u3030"
    r"\u30fb\ufe10-\ufe6f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\U0001f000-\U0001faff]"
)
NAMED = re.compile(rf"[@＠]({_LETTER}{{1,150}}(?:@{_LETTER}{{1,150}})?)")
_ANYWHERE = re.compile(rf"[@＠](?=({_LETTER}{{1,150}}(?:@{_LETTER}{{1,150}})?))")
_READINGS = 40  # names as which one word is read at most


def written(name: str, key: str) -> str:
    """A mention of this person as it is stored in a message."""
    return f"@[{_SIGNS_OF_MARKUP.sub(_ESCAPED, name)}]({quote(key, safe=':').replace('~', '%7E')})"


def key_in(written_key: str) -> str:
    """The key that is written in a mention."""
    return unquote(written_key)


def unescaped(name: str) -> str:
    """A name as it reads, of how it is written in a mention."""
    return re.sub(r"\\(.)", r"\1", name)


def begins(text: str, at: int) -> bool:
    """Whether the @ at this place of a text can begin a mention."""
    before = text[at - 1] if at else ""
    return not before or before not in "@＠./\\+-" and kind_of(before) is not Kind.WORD


def readings(word: str) -> list[str]:
    """The names as which the characters after an @ can be read, the longest first."""
    ends = [end for end in range(len(word), 0, -1) if end == len(word) or _is_end(word, end)]
    return [word[:end] for end in ends[:1] + ends[1:][-_READINGS:] if word[:end].strip(_SIGNS)]


def words_in(body: str) -> Iterator[str]:
    """At least every word after an @ that may be found in the html of this body."""
    for text in {body, body.replace("\\", "")}:
        for found in _ANYWHERE.finditer(text):
            yield found[1]


def _is_end(word: str, end: int) -> bool:
    """Whether a name may end here although its word goes on."""
    last, after = word[end - 1], word[end]
    if after in _SIGNS:
        rest = word[end:].lstrip(_SIGNS)
        return not rest or kind_of(rest[0]) is Kind.UNSPACED
    if kind_of(after) is Kind.UNSPACED:
        return True
    return kind_of(after) is Kind.WORD and kind_of(last) is Kind.UNSPACED and after.isalnum()
