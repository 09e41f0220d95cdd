"""Where runs of ``*``, ``_`` and ``~`` can begin or end emphasis.

Stricter than CommonMark: the signs of a calculation, a pattern of file names or a face stay what they are. What is emphasised begins and ends
with a letter, a digit or an emoji, apart from brackets, quotation marks and the end of a sentence. A run between two letters of a script
with spaces is none of markup (``2*3*4``, ``a**b``), nor is ``__``, ``~`` or four asterisks.
"""

from __future__ import annotations

import re
from itertools import pairwise

from zashiki.scripts import LETTERS, Kind, kind_of

_LENGTHS = {"*": (1, 2, 3), "_": (1,), "~": (2,)}
_NEAR = 6  # characters that are looked at on each side
_FACE = re.compile(r"[(（](?=[^()（）\n]{0,14}[*_`])[^()（）\n]{1,14}[)）]")
_ATOM = re.compile(
    r"[*_~]*(?:`[^`\n]|[!@]?\[[^\[\]\n]{0,200}\]\((?:https?:|mailto:|tel:|[/#?uvr]))"
)  # code or a link
_LETTERS_BEFORE = frozenset("@#+-±−:")  # what may stand before the first letter


def is_emphasis(text: str, start: int, end: int, before: int, atom: int) -> bool:
    """Whether this run of one sign may begin or end emphasis.

    Args:
        before: where the text before the run ends; the run's start, unless there is a backslash between.
        atom: where the last code, link or emoji has ended; what ends there is as good as a letter.
    """
    if end - start not in _LENGTHS[text[start]]:
        return False
    return _can_begin(text, before, end) or _can_end(text, before, end, atom)


def face_at(text: str, start: int) -> str | None:
    """A face in brackets with signs of markup in it, such as ``(*^_^*)``, that begins here: nothing in it is a word."""
    found = _FACE.match(text, start)
    if found is None or found[0].count("`") > 1 or _has_word(found[0]):
        return None
    return found[0]


def _has_word(text: str) -> bool:
    return any(one.isalnum() and other.isalnum() for one, other in pairwise(text))


def _can_begin(text: str, before: int, end: int) -> bool:
    ahead = text[end : end + _NEAR].lstrip("*_~")
    if ahead != text[end : end + _NEAR] and kind_of(ahead[:1]) is Kind.SPACE or text[end : end + 1].isspace():
        return False
    first = kind_of(ahead[:1])
    if before and kind_of(text[before - 1]) is Kind.WORD:
        return first is Kind.UNSPACED
    if before and text[before - 1] in "%$#@&\\^+=<":
        return False
    if first in LETTERS or _ATOM.match(text, end):
        return True
    if first in (Kind.OPENING, Kind.QUOTE):
        inner = ahead[1:].lstrip("\"'([{「『【（“‘")
        return kind_of(inner[:1]) in LETTERS and (ahead[0] not in "(（" or _has_word(inner[:2]))
    is_sign = first is Kind.CURRENCY or ahead[:1] in _LETTERS_BEFORE
    return is_sign and kind_of(ahead[1:2]) in LETTERS


def _can_end(text: str, before: int, end: int, atom: int) -> bool:
    behind = text[max(0, before - _NEAR) : before].rstrip("*_~")
    after = kind_of(text[end : end + 1])
    if atom == before:
        return after is not Kind.WORD
    last = kind_of(behind[-1:])
    if last is Kind.SPACE:
        return False
    if after is Kind.WORD:
        return last is Kind.UNSPACED
    if last in LETTERS:
        return True
    if last in (Kind.CLOSING, Kind.QUOTE, Kind.STOP, Kind.CURRENCY):
        return any(kind_of(letter) in LETTERS for letter in behind[-5:-1])
    return False
