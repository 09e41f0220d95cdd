"""Which runs of ``*``, ``_`` and ``~`` in a line begin and end emphasis.

Stricter than CommonMark: the signs of a calculation, a pattern of file names or a face stay what they are. What is emphasised begins and ends
with a letter, a digit or an emoji, apart from brackets, quotation marks, the end of a sentence, and one sign of any kind within ``**``. A run
between two letters of a script with spaces is none of markup (``2*3*4``, ``a**b``), nor is ``__``, ``~`` or four asterisks. Scripts without
spaces have calculations, names of files and drawn-out words, too: ``縦*横*高さ``, ``資料_最新_版`` and ``好的~~谢谢~~`` are no emphasis.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise

from zashiki.text.scripts import LETTERS, Kind, kind_of

_LENGTHS = {"*": (1, 2, 3), "_": (1,), "~": (2,)}
_TAGS = {("*", 1): "em", ("_", 1): "em", ("*", 2): "strong", ("~", 2): "del"}
_DEPTH = 12  # runs that are open at the same time; of more, the first are no markup
_NEAR = 6  # characters that are looked at on each side
_OPENING = "([{（「『【《“«"
_BRACKETS = re.compile(r"[(\[{（「『【《“«)\]}）」』】》”»\"]")
_FACE = re.compile(r"[(（](?=[^()（）\n]{0,14}[*_`])[^()（）\n]{1,14}[)）]")
_ATOM = re.compile(
    r"[*_~]*(?:`[^`\n]|[!@]?\[[^\[\]\n]{0,200}\]\((?:https?:|mailto:|tel:|[/#?uvr]))"
)  # code or a link
_ALPHABETIC = frozenset((Kind.WORD, Kind.UNSPACED))
_IDENTIFIER = re.compile(r"[^\W_]{1,80}(?:_[^\W_]{1,80}){1,20}_(?!\w)")  # what is left of _HEADER_H_
_CODE_AFTER = frozenset(">=&$")  # as in <char*>, *=
_NEVER = frozenset(
    " \t\u00a0\u3000/\\`"
)  # neither the first nor the last within two signs, as in the path src/**/x
_LETTERS_BEFORE = frozenset("@#+-±−:")  # what may stand before the first letter


@dataclass(slots=True)
class Run:
    """A run of one sign in a line.

    Attributes:
        part: the index of the part of the line that it is.
        length: how many signs it has.
        left: how many of them are not used as markup.
        begins, ends: whether it may begin or end emphasis.
        is_behind_letter, is_before_letter: whether its neighbours are letters or digits, of any script.
        is_escaped: whether there is a backslash before it.
        depth: in how many brackets and quotation marks it is.
        lowest: the least depth between the run before it and this one.
        begun, ended: the elements that it begins and ends, the innermost first.
    """

    part: int
    sign: str
    length: int
    left: int
    begins: bool
    ends: bool
    is_behind_letter: bool
    is_before_letter: bool
    is_escaped: bool
    depth: int = 0
    lowest: int = 0
    begun: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)


def run_at(text: str, start: int, end: int, atom: int, part: int) -> Run | None:
    """The run of one sign at this place of a text, with the backslashes in it; None where it cannot be markup.

    Args:
        atom: where the last code, link or emoji has ended; what ends there is as good as a letter.
        part: see `Run`.
    """
    sign, is_escaped = text[end - 1], text[start] == "\\"
    length = text.count(sign, start, end)
    if length not in _LENGTHS[sign]:
        return None
    behind = kind_of(text[start - 1] if start else "") in _ALPHABETIC
    ahead = kind_of(text[end : end + 1]) in _ALPHABETIC
    begins = _can_begin(text, start, end, length) and not (behind and sign == "_")
    ends = _can_end(text, start, end, length, atom) and not (ahead and sign == "_")
    if not begins and not ends:
        return None
    return Run(part, sign, length, length, begins, ends, behind, ahead, is_escaped)


class Brackets:
    """How many brackets and quotation marks are open at a place of a line."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = self._depth = 0
        self._is_quoted = False

    def depth_at(self, place: int) -> tuple[int, int]:
        """The depth at this place, and the least since the last place that was asked for; places ascend."""
        lowest = self._depth
        for found in _BRACKETS.finditer(self._text, self._at, place):
            if found[0] == '"':
                self._is_quoted = not self._is_quoted
            opens = self._is_quoted if found[0] == '"' else found[0] in _OPENING
            self._depth = self._depth + 1 if opens else max(0, self._depth - 1)
            lowest = min(lowest, self._depth)
        self._at = place
        return self._depth, lowest


def pair(runs: Iterable[Run]) -> None:
    """Tell each run what it begins or ends. What is left of a run without a partner is no markup, nor is what has a backslash before it."""
    open_runs: list[Run] = []
    for run in runs:
        open_runs = [begun for begun in open_runs[-_DEPTH:] if begun.depth <= run.lowest]
        if run.is_escaped:
            continue
        while run.ends and run.left and (index := _partner(open_runs, run)) is not None:
            partner = open_runs[index]
            used = min(partner.left, run.left)
            for each, elements in ((partner, partner.begun), (run, run.ended)):
                each.left -= used
                elements += ("strong", "em") if used == 3 else (_TAGS[run.sign, used],)
            del open_runs[index + bool(partner.left) :]
        if run.begins and run.left:
            open_runs.append(run)


def without_backslashes(runs: Iterable[Run]) -> list[Run]:
    """Paired copies of these runs: what they would be if none had a backslash before it."""
    copies = [replace(run, left=run.length, is_escaped=False, begun=[], ended=[]) for run in runs]
    pair(copies)
    return copies


def _partner(open_runs: list[Run], run: Run) -> int | None:
    """The index of the innermost run that this one ends: of the same length, or one of them has three signs."""
    for index in reversed(range(len(open_runs))):
        begun = open_runs[index]
        if begun.sign == run.sign and (begun.left == run.left or 3 in (begun.left, run.left)):
            return None if _is_within_a_word(begun, run) else index
    return None


def _is_within_a_word(begun: Run, run: Run) -> bool:
    """Whether these two are signs of a calculation (``縦*横*高さ``), or draw out two words (``好的~~谢谢~~``)."""
    if begun.sign == "~":
        return begun.is_behind_letter and not run.is_before_letter
    return 1 in (begun.left, run.left) and begun.is_behind_letter and run.is_before_letter


def face_at(text: str, start: int) -> str | None:
    """A face in brackets with signs of markup in it, such as ``(*^_^*)``, that begins here: nothing in it is a word."""
    found = _FACE.match(text, start)
    if found is None or found[0].count("`") > 1 or _has_word(found[0]):
        return None
    return found[0]


def _has_word(text: str) -> bool:
    return any(one.isalnum() and other.isalnum() for one, other in pairwise(text))


def _can_begin(text: str, before: int, end: int, length: int) -> bool:
    ahead = text[end : end + _NEAR].lstrip("*_~")
    if ahead != text[end : end + _NEAR] and kind_of(ahead[:1]) is Kind.SPACE or text[end : end + 1].isspace():
        return False
    first = kind_of(ahead[:1])
    if before and kind_of(text[before - 1]) is Kind.WORD:
        return first is Kind.UNSPACED and not (length == 1 and text[before - 1].isnumeric())
    if before and (text[before - 1] in "%$#@&\\^+=<" or length == 1 and text[before - 1] in ")]}"):
        return False
    if before and text[before - 1 : before + 1] == "/*":
        return False  # as in a comment in code
    if text[end - 1] == "_" and _IDENTIFIER.match(text, end):
        return False
    if first in LETTERS or _ATOM.match(text, end):
        return True
    if length == 2 and ahead[:1] not in _NEVER and kind_of(ahead[1:2]) in LETTERS:
        return True
    if first in (Kind.OPENING, Kind.QUOTE):
        inner = ahead[1:].lstrip("\"'([{「『【（“‘")
        return kind_of(inner[:1]) in LETTERS and (ahead[0] not in "(（" or _has_word(inner[:2]))
    is_sign = first is Kind.CURRENCY or ahead[:1] in _LETTERS_BEFORE
    return is_sign and kind_of(ahead[1:2]) in LETTERS


def _can_end(text: str, before: int, end: int, length: int, atom: int) -> bool:
    near = text[max(0, before - _NEAR) : before]
    behind = near.rstrip("*_~")
    after = kind_of(text[end : end + 1])
    if atom == before - len(near) + len(behind):
        return after is not Kind.WORD
    last = kind_of(behind[-1:])
    if last is Kind.SPACE or length == 1 and text[end : end + 1] in _CODE_AFTER:
        return False
    if after is Kind.WORD:
        return last is Kind.UNSPACED and not (length == 1 and text[end].isnumeric())
    if last in LETTERS:
        return True
    if length == 2 and behind[-1:] not in _NEVER and kind_of(behind[-2:-1]) in LETTERS:
        return True
    if last in (Kind.CLOSING, Kind.QUOTE, Kind.STOP, Kind.CURRENCY):
        return any(kind_of(letter) in LETTERS for letter in behind[-5:-1])
    return False
