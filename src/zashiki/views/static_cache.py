"""Templates that are the same for everybody, drawn once for each language."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language


def include_cached(name: str) -> SafeString:
    """The markup of the template `name` in the active language; drawn anew each time where `DEBUG` is on."""
    return _drawn(name, get_language(), get_script_prefix()) if not settings.DEBUG else render_to_string(name)


@lru_cache(maxsize=256)
def _drawn(name: str, language: str | None, prefix: str) -> SafeString:
    return render_to_string(name)
