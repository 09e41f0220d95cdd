"""Whether what rooms run on is new enough. Older versions are known to lose messages or to let strangers in."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from django.core.checks import CheckMessage, Error

LEAST = {
    "channels": (4, 3),
    "channels-redis": (4, 3),
    "daphne": (4, 2, 2),  # CVE-2026-44545, CVE-2026-44546
    "django": (5, 2),
    "pillow": (12, 3),
    "uvicorn": (0, 52, 1),  # before, closing a socket cut off what was still on its way
}


def check_versions(**kwargs: Any) -> list[CheckMessage]:
    """Of what is installed; a site that does without one of these is not told to have it."""
    return [
        Error(
            f"{name} {_dotted(present)} is too old for rooms.",
            hint=f"Install {name}>={_dotted(least)}.",
            id="zashiki.E010",
        )
        for name, least in LEAST.items()
        if (present := _installed_or_none(name)) is not None and present < least
    ]


def installed(name: str) -> tuple[int, ...]:
    """The leading numbers of a package's version: ``(0, 52, 1)`` for ``0.52.1.post2``.

    Raises:
        PackageNotFoundError: it is not installed.
    """
    found = re.match(r"\d+(?:\.\d+)*", version(name))
    return tuple(map(int, found[0].split("."))) if found else ()


def _installed_or_none(name: str) -> tuple[int, ...] | None:
    try:
        return installed(name)
    except PackageNotFoundError:
        return None


def _dotted(numbers: tuple[int, ...]) -> str:
    return ".".join(map(str, numbers))
