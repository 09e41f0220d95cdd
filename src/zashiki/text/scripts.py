"""Which kind of character a letter is, as far as formatting, addresses and mentions need to know."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from unicodedata import category

# Letters of scripts that put no space between words, or join endings to a name: Thai, Lao, Tibetan, Burmese, Khmer, Hangul, kana, bopomofo,
# Han. For a character class of a regular expression; static/zashiki/composer/mention_syntax.js has the same.
UNSPACED = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3031-\u3035\u303b\u3041-\u309f\u30a1-\u30fa\u30fc-\u31ff"
    "\u3400-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\U00020000-\U000323af"
)
_UNSPACED = re.compile(f"[{UNSPACED}]")
_STOPS = frozenset(".,!?:;…。、，．！？：；%％‰°+#")


class Kind(Enum):
    """What a character is to the signs around it."""

    SPACE = 1
    WORD = 2  # a letter, digit or mark of a script with spaces
    UNSPACED = 3  # a letter of a script without spaces
    PICTURE = 4  # an emoji
    OPENING = 5
    CLOSING = 6
    QUOTE = 7  # opens and closes
    STOP = 8  # ends a sentence or a word, such as "!" and the signs of "C++"
    CURRENCY = 9
    OTHER = 10


@lru_cache(4096)
def kind_of(letter: str) -> Kind:
    """The kind of one character; nothing at all, as at the end of a line, is a space."""
    if not letter or letter.isspace():
        return Kind.SPACE
    if letter in "\"'":
        return Kind.QUOTE
    if letter in _STOPS:
        return Kind.STOP
    if _UNSPACED.match(letter):
        return Kind.UNSPACED
    name = category(letter)
    if name[0] in "LNM":
        return Kind.PICTURE if letter in "\ufe0f\u20e3" else Kind.WORD
    if letter >= "\U0001f000" or "\u26a0" <= letter <= "\u27bf":
        return Kind.PICTURE
    kinds = {
        "Ps": Kind.OPENING,
        "Pi": Kind.OPENING,
        "Pe": Kind.CLOSING,
        "Pf": Kind.CLOSING,
        "Sc": Kind.CURRENCY,
    }
    return kinds.get(name, Kind.OTHER)


LETTERS = frozenset((Kind.WORD, Kind.UNSPACED, Kind.PICTURE))
