"""Looking for people by name on a page: ``?q=``."""

from __future__ import annotations

from django.http import HttpRequest

TEXT_LIMIT = 100  # characters


def search_in(request: HttpRequest) -> str:
    """What is looked for; empty for everybody."""
    return request.GET.get("q", "").strip()[:TEXT_LIMIT]


def matches(wanted: str, *texts: str) -> bool:
    """Whether one of these texts holds what is looked for, capital letters or not."""
    return any(wanted.casefold() in text.casefold() for text in texts)
