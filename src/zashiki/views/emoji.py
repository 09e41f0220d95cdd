"""The names of all emoji, for completion and for choosing one."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any

import emoji
import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import etag, require_safe

LANGUAGES = ("en", "ja")
AGE = 24 * 3600  # seconds that a browser may keep them

_TONES = (
    "\U0001f3fb",
    "\U0001f3fc",
    "\U0001f3fd",
    "\U0001f3fe",
    "\U0001f3ff",
)  # skin, Unicode Technical Standard 51


def _mark(request: HttpRequest) -> str:
    return _names()[1]


@require_safe
@cache_control(public=True, max_age=AGE)
@etag(_mark)
def names(request: HttpRequest) -> HttpResponse:
    """``[[emoji, name, ...], ...]``: each with its names in English and Japanese, in the order of Unicode."""
    return HttpResponse(_names()[0], content_type="application/json")


@lru_cache(maxsize=1)
def _names() -> tuple[bytes, str]:
    emoji.config.load_language(list(LANGUAGES))
    rows = [[sign, *_names_of(about)] for sign, about in emoji.EMOJI_DATA.items() if _is_shown(sign, about)]
    content = msgspec.json.encode(rows)
    return content, f'"{hashlib.sha256(content).hexdigest()[:16]}"'


def _is_shown(sign: str, about: dict[str, Any]) -> bool:
    is_whole = about["status"] == emoji.STATUS["fully_qualified"]
    return is_whole and about["E"] <= 15 and not any(tone in sign for tone in _TONES)


def _names_of(about: dict[str, Any]) -> list[str]:
    found = [*about.get("alias", ()), *(about[language] for language in LANGUAGES if language in about)]
    return list(dict.fromkeys(name.strip(":") for name in found))
