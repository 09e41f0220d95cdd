"""One form for each emoji: the fully-qualified sequence of Unicode's emoji-test.txt (UTS 51, ED-18a)."""

from __future__ import annotations

import re
from functools import lru_cache

import emoji

from zashiki.errors import Invalid

_PRESENTATION = re.compile("[\ufe0e\ufe0f]")  # asks for a character as text or as a picture (UTS 51, 2.7)


def canonical_emoji(text: str) -> str:
    """The fully-qualified form of one emoji. An emoji with another skin tone is another emoji.

    Raises:
        Invalid: the text is not exactly one emoji that Unicode recommends for interchange (RGI).
    """
    found = _canonical_forms().get(_PRESENTATION.sub("", text))
    if found is None:
        raise Invalid("Exactly one emoji is required.")
    return found


@lru_cache(maxsize=1)
def _canonical_forms() -> dict[str, str]:
    """By the sequence without its presentation selectors; ``component`` are skin tones and hair on their own."""
    shown = {emoji.STATUS["fully_qualified"], emoji.STATUS["component"]}
    return {
        _PRESENTATION.sub("", sequence): sequence
        for sequence, about in emoji.EMOJI_DATA.items()
        if about["status"] in shown
    }
