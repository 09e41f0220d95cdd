"""Names within other text: a name in Hebrew or Arabic letters must not turn the words and numbers beside it around.

In html an element with ``dir="auto"`` or ``<bdi>`` isolates a name. Plain text (titles, labels) needs the characters of Unicode Standard
Annex 9 for it. `static/zashiki/ui/initials.js` does the same in the browser.
"""

from __future__ import annotations

import re
import unicodedata

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LEFT_TO_RIGHT = {
    "L",
    "EN",
    "ES",
    "ET",
    "CS",
    "ON",
    "NSM",
    "WS",
    "BN",
}  # classes that leave what is beside them as it is


def isolated(text: str) -> str:
    """A name for a plain text with other words beside it; unchanged when it reads from left to right from its first letter to its last."""
    if text.isascii() and text[:1].isalpha() and text[-1:].isalnum():
        return text
    classes = [unicodedata.bidirectional(letter) for letter in text]
    if classes and classes[0] == "L" and classes[-1] in {"L", "EN"} and _LEFT_TO_RIGHT.issuperset(classes):
        return text
    return FIRST_STRONG_ISOLATE + _CONTROLS.sub("", text) + POP_ISOLATE if text else text
