"""Names of people and rooms: what is accepted, what is refused, how a name from elsewhere is shown, and which names look alike.

What can be seen of a name decides. A character that cannot be seen stays only where a script or an emoji needs it: U+200C in Persian,
joiners in Indic scripts, selectors in Mongolian and in Japanese names, tags in flags.
"""

from __future__ import annotations

import re
import unicodedata

from zashiki.errors import Invalid
from zashiki.text.canonical_emoji import canonical_emoji
from zashiki.text.visible_text import has_visible_text, is_ignorable, is_mark

MARKS_LIMIT = 8  # marks on one letter; no script needs more, and hundreds of them cover what stands above

# Scripts whose letters change their shape with their neighbours, by blocks: Hebrew to Myanmar, Tagalog to Vedic, Syloti to Meetei, the
# presentation forms of Arabic, Old South Arabian to Chakma and beyond, Adlam. Their spelling needs U+200B to U+200D and U+034F.
_SHAPED = re.compile(
    "[\u0590-\u109f\u1700-\u1cff\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff\U0001e900-\U0001e95f]"
)
_HAN = re.compile("[\u2e80-\u2fdf\u3005\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_MONGOLIAN = re.compile("[\u1800-\u18af]")
_BRAILLE = re.compile("[\u2800-\u28ff]")
_EMOJI = re.compile("[#*0-9\xa9\xae\u203c-\u3299\U0001f000-\U0001faff]")
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f")  # UTS 51, ED-14a: emoji tag sequence
# Marks and isolates of direction say nothing that a name's own letters do not say, and come along when text is copied.
_DIRECTION = re.compile("[\u200e\u200f\u061c\u2066-\u2069]+")
_ENDS = " \u200b\u200c\u200d\u2060\ufeff"
_SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u205f\u3000 ]+|(?<![\u1800-\u18af])\u202f")


def clean_line(text: str) -> str:
    """A text as a name is kept: NFC, single spaces, without marks of direction and without what cannot be seen at its ends."""
    text = _DIRECTION.sub("", unicodedata.normalize("NFC", text))
    return _SPACES.sub(" ", text).strip(_ENDS)


def has_misplaced(name: str) -> bool:
    """Whether a part of a name cannot be seen, or would be drawn over its neighbours."""
    return not all(fits for _, fits in _judged(name))


def has_letter(name: str) -> bool:
    """Whether a name shows anything."""
    return has_visible_text("".join(letter for letter in name if not is_mark(letter)))


def shown_name(value: object, limit: int) -> str:
    """A name that a site's own code or another server gave, as plain text that can be shown; empty when nothing of it can be.

    Args:
        value: what was given; html that is marked as safe is text like any other, and ``None`` is empty.
        limit: characters; what is longer is cut before a whole letter with its marks.
    """
    if value is None:
        return ""
    text = clean_line(str.__str__(str(value))[: 4 * limit])
    visible = "".join(letter for letter, fits in _judged(text) if fits)
    name = cut(clean_line(visible), limit).rstrip()
    return name if has_letter(name) else ""


def cut(text: str, limit: int) -> str:
    """The beginning of a text, at most `limit` characters long, that does not end within a letter with its marks or an emoji."""
    if len(text) <= limit:
        return text
    end = limit
    while end > 0 and _is_inside(text, end):
        end -= 1
    return text[: end or limit]


def _is_inside(text: str, at: int) -> bool:
    """Whether a cut at this place would separate what is drawn as one (the main rules of UAX 29)."""
    before, after = text[at - 1], text[at]
    if is_mark(after) or unicodedata.category(after) == "Mc" or is_ignorable(after) or before == "\u200d":
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff":
        return True
    return _is_region(after) and _regions_before(text, at) % 2 == 1


def _is_region(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"


def _regions_before(text: str, at: int) -> int:
    start = at
    while start > 0 and _is_region(text[start - 1]):
        start -= 1
    return at - start


def _judged(name: str) -> list[tuple[str, bool]]:
    """Each character, and whether it may stand where it stands."""
    flags = {at for flag in _FLAG.finditer(name) if _is_emoji(flag[0]) for at in range(*flag.span())}
    judged, marks = [], 0
    for at, letter in enumerate(name):
        before, after = name[at - 1] if at else "", name[at + 1 : at + 2]
        marks = marks + 1 if is_mark(letter) else 0
        fits = at in flags or (
            _fits(letter, before, after) and marks <= MARKS_LIMIT and not (marks and not at)
        )
        judged.append((letter, fits))
    return judged


def _fits(letter: str, before: str, after: str) -> bool:
    if letter.isascii():
        return letter.isprintable()
    if is_ignorable(letter):
        return _is_needed(letter, before, after)
    if letter == "\u2800":
        return _BRAILLE.match(before) is not None
    if letter == "\u202f":
        return _MONGOLIAN.match(before) is not None
    if letter == "\ufffd" or not has_visible_text(letter):
        return False
    category = unicodedata.category(letter)  # unassigned: an emoji that is newer than this Python's tables
    return category != "Co" and (category != "Cn" or _EMOJI.match(letter) is not None)


def _is_needed(letter: str, before: str, after: str) -> bool:
    """Whether a script or an emoji needs a default-ignorable character between these two."""
    if letter in "\u034f\u200b\u200c\u200d" and _SHAPED.match(before) and after.strip():
        return True
    if letter == "\u200d":
        return _joins_emoji(before) and _EMOJI.match(after) is not None
    if "\ufe00" <= letter <= "\ufe0f":
        return any(script.match(before) for script in (_EMOJI, _HAN, _SHAPED))
    if (
        "\U000e0100" <= letter <= "\U000e01ef"
    ):  # variants of Han, registered in the Ideographic Variation Database
        return _HAN.match(before) is not None
    return "\u180b" <= letter <= "\u180f" and _MONGOLIAN.match(before) is not None


def _joins_emoji(before: str) -> bool:
    return before in {"\ufe0f", "\U000e007f"} or (_EMOJI.match(before) is not None and not before.isascii())


def _is_emoji(text: str) -> bool:
    try:
        return bool(canonical_emoji(text))
    except Invalid:
        return False
