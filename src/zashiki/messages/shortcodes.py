"""Emoji by their names between colons, as ``:tea:``."""

from __future__ import annotations

from functools import lru_cache

import comrak

from zashiki.text.scripts import Kind, kind_of

_EXTENSIONS = comrak.ExtensionOptions()
_EXTENSIONS.shortcodes = True


def emoji_at(text: str, start: int, end: int) -> str | None:
    """The emoji whose name with its colons is this part of a text; None if there is none, or the name does not stand alone.

    It stands alone between spaces, brackets, quotation marks, signs of markup, and letters of scripts without spaces. Before it there may be
    another emoji, and after it the end of a sentence.
    """
    before, after = kind_of(text[start - 1] if start else ""), kind_of(text[end : end + 1])
    alone = (Kind.SPACE, Kind.UNSPACED, Kind.PICTURE, Kind.OPENING, Kind.CLOSING, Kind.QUOTE)
    if not (before in alone or text[start - 1] in "*_~。、！？…" or _follows_another(text, start)):
        return None
    if not (after in alone or after is Kind.STOP and text[end] not in "+#%" or text[end] in "*_~"):
        return None
    return _emoji(text[start:end])


def _follows_another(text: str, start: int) -> bool:
    before = text.rfind(":", max(0, start - 41), start - 1)
    return text[start - 1] == ":" and before >= 0 and _emoji(text[before:start]) is not None


@lru_cache(2048)
def _emoji(name: str) -> str | None:
    html = comrak.render_markdown(name, extension_options=_EXTENSIONS)
    shown = html.removeprefix("<p>").removesuffix("</p>\n")
    return None if shown.isascii() else shown
