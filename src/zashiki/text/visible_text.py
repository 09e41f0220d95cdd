"""Whether a text has anything that a reader can see. One rule for messages, names, statuses and descriptions."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

# Default_Ignorable_Code_Point, from DerivedCoreProperties.txt of the Unicode Character Database (the same from 14.0 to 17.0).
# Python's unicodedata does not have this property.
_DEFAULT_IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# These are drawn as an empty space or not at all, although the standard does not call them ignorable: BRAILLE PATTERN BLANK, the
# annotation characters, OBJECT REPLACEMENT CHARACTER, EGYPTIAN HIEROGLYPH joiners, KHITAN FILLER, MUSICAL NULL NOTEHEAD.
_BLANK = "\u2800\ufff9-\ufffc\U00013430-\U0001343f\U00016fe4\U0001d159"

_IGNORABLE = re.compile(f"[{_DEFAULT_IGNORABLE}]+")
_UNSEEN = rf"\s\x00-\x1f\x7f-\x9f\ud800-\udfff{_DEFAULT_IGNORABLE}{_BLANK}"
_SEEN = re.compile(f"[^{_UNSEEN}]")
_LINK_WITHOUT_TEXT = re.compile(rf"\[[{_UNSEEN}]*\]\((?:https?:|mailto:|tel:|[/#?])[^()\[\]\s]*\)")
# An element that is seen without a text of its own: a line, a tick box, the bullet or number of a list.
_TAG = re.compile(r"<[^<>]*>")
_SEEN_WITHOUT_TEXT = re.compile(r"<(?:hr|input|li|img)\b")


def has_visible_text(text: str) -> bool:
    """Whether a text shows anything: spaces, control characters and default-ignorable characters alone show nothing."""
    return _SEEN.search(text) is not None


def has_visible_markdown(body: str) -> bool:
    """Whether what somebody typed as a message says anything: links without a text do not."""
    if "](" in body:
        body = _LINK_WITHOUT_TEXT.sub("", body)
    return has_visible_text(body)


def has_visible_html(html: str) -> bool:
    """Whether clean html shows anything: an empty link and the entity of an invisible character show nothing."""
    return _SEEN_WITHOUT_TEXT.search(html) is not None or has_visible_text(unescape(_TAG.sub("", html)))


def without_ignorable(text: str) -> str:
    """A text without its default-ignorable characters, for comparing how two texts look."""
    return _IGNORABLE.sub("", text)


def is_ignorable(letter: str) -> bool:
    """Whether one character is default-ignorable."""
    return _IGNORABLE.fullmatch(letter) is not None


def is_mark(letter: str) -> bool:
    """Whether one character is drawn onto the one before it: a nonspacing or an enclosing mark."""
    return unicodedata.category(letter) in {"Mn", "Me"}
