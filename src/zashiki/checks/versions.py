"""Whether what rooms run on is new enough. Older versions are known to fail, to lose messages or to let strangers in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, Warning

from zashiki.requirements import Version, installed, is_older, requirements

# Nobody requires these, but a site may have them.
RELATED_PACKAGES: dict[str, Version] = {
    "daphne": (4, 2, 2),  # CVE-2026-44545, CVE-2026-44546
}
# Of what the stand-alone server requires, that which serves the rooms of any site that has it.
SHARED = {"channels-redis", "uvicorn", "websockets"}
# What only Zashiki's own WebSocket protocol needs: a site may serve its sockets by another one.
ONLY_FOR_OUR_PROTOCOL = {"websockets"}


def check_versions(**kwargs: Any) -> list[CheckMessage]:
    """Of what is installed; a site that does without one of these is not told to have it."""
    return [
        _message(name, present, least)
        for name, least in _bounds()
        if (present := installed(name)) is not None and is_older(present, least)
    ]


def _message(name: str, present: Version, least: Version) -> CheckMessage:
    sentence, hint = f"{name} {_dotted(present)} is too old for rooms.", f"Install {name}>={_dotted(least)}."
    if name in ONLY_FOR_OUR_PROTOCOL:
        return Warning(
            sentence,
            hint=f"{hint} uvicorn --ws zashiki.hub.uvicorn:HubProtocol needs it.",
            id="zashiki.W010",
        )
    return Error(sentence, hint=hint, id="zashiki.E010")


def _bounds() -> Iterator[tuple[str, Version]]:
    """Each package that matters here, with the lowest version that works."""
    is_server = apps.is_installed("zashiki.server.accounts")
    for each in requirements():
        if not each.extra or is_server or each.name in SHARED:
            yield each.name, each.least
    yield from RELATED_PACKAGES.items()


def _dotted(numbers: Version) -> str:
    return ".".join(map(str, numbers))
