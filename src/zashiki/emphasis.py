"""Which runs of ``*``, ``_`` and ``~`` in a line begin and end emphasis.

Stricter than CommonMark: the signs of a calculation, a pattern of file names or a face stay what they are. What is emphasised begins and ends
with a letter, a digit or an emoji, apart from brackets, quotation marks and the end of a sentence. A run between two letters of a script
with spaces is none of markup (``2*3*4``, ``a**b``), nor is ``__``, ``~`` or four asterisks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from zashiki.scripts import LETTERS, Kind, kind_of

_LENGTHS = {"*": (1, 2, 3), "_": (1,), "~": (2,)}
_TAGS = {("*", 1): "em", ("_", 1): "em", ("*", 2): "strong", ("~", 2): "del"}
_DEPTH = 12  # runs that are open at the same time; of more, the first are no markup
_NEAR = 6  # characters that are looked at on each side
_FACE = re.compile(r"[(（](?=[^()（）\n]{0,14}[*_`])[^()（）\n]{1,14}[)）]")
_ATOM = re.compile(
    r"[*_~]*(?:`[^`\n]|[!@]?\[[^\[\]\n]{0,200}\]\((?:https?:|mailto:|tel:|[/#?uvr]))"
)  # code or a link
_LETTERS_BEFORE = frozenset("@#+-±−:")  # what may stand before the first letter


@dataclass(slots=True)
class Run:
    """A run of one sign in a line.

    Attributes:
        part: the index of the part of the line that it is.
        length: how many signs it has.
        left: how many of them are not used as markup.
        begins, ends: whether it may begin or end emphasis.
        is_escaped: whether there is a backslash before it.
        begun, ended: the elements that it begins and ends, the innermost first.
    """

    part: int
    sign: str
    length: int
    left: int
    begins: bool
    ends: bool
    is_escaped: bool
    begun: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)


def run_at(text: str, start: int, end: int, before: int, atom: int, part: int) -> Run | None:
    """The run of one sign at this place of a text; None where it cannot be markup.

    Args:
        before: where the text before the run ends; the run's start, unless there is a backslash between.
        atom: where the last code, link or emoji has ended; what ends there is as good as a letter.
    """
    if end - start not in _LENGTHS[text[start]]:
        return None
    begins, ends = _can_begin(text, before, end), _can_end(text, before, end, atom)
    if not begins and not ends:
        return None
    return Run(part, text[start], end - start, end - start, begins, ends, before < start)


def pair(runs: Iterable[Run]) -> None:
    """Tell each run what it begins or ends. What is left of a run without a partner is no markup."""
    open_runs: list[Run] = []
    for run in runs:
        while run.ends and run.left and (index := _partner(open_runs, run)) is not None:
            partner = open_runs[index]
            used = min(partner.left, run.left)
            for each, elements in ((partner, partner.begun), (run, run.ended)):
                each.left -= used
                elements += ("strong", "em") if used == 3 else (_TAGS[run.sign, used],)
            del open_runs[index + bool(partner.left) :]
        if run.begins and run.left:
            open_runs = [*open_runs[1 - _DEPTH :], run]


def _partner(open_runs: list[Run], run: Run) -> int | None:
    """The index of the innermost run that this one ends: of the same length, or one of them has three signs."""
    for index in reversed(range(len(open_runs))):
        begun = open_runs[index]
        if begun.sign == run.sign and (begun.left == run.left or 3 in (begun.left, run.left)):
            return index
    return None


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
