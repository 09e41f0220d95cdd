"""At which addresses the sockets live: exactly these below the site's own (``SCRIPT_NAME``, an ASGI server's ``root_path``), and no others.

=============================== ============================================================================
``ws/zashiki/``                 all rooms
``ws/zashiki/chat/<room>/``     the same, and one room without naming it; also for clients of the Channels tutorial
``ws/chat/<room>/``             as the last, where the tutorial has it, if ``ZASHIKI_TUTORIAL_SOCKETS`` says so
=============================== ============================================================================

``ws/`` is ``ZASHIKI_WEBSOCKET_PATH``. A site that followed the tutorial has a consumer of its own at the last of them, which is why a site must ask for it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs, urlencode

from django.core.handlers.asgi import get_script_prefix as prefix_of
from django.urls import get_script_prefix

from zashiki import conf
from zashiki.person import Person

EXAMPLE = "lobby"  # a room in an address that stands for all of its kind


def room_of(scope: dict[str, Any]) -> re.Match[str] | None:
    """Whose socket this is: a match with the group ``room`` (``None``: all rooms), or ``None`` for a path that is not ours."""
    # As Django has it: a server gives the path with the site's prefix, or a proxy has taken it away.
    path = scope["path"].removeprefix(prefix_of(scope).rstrip("/"))
    return _pattern(base(), conf.get("TUTORIAL_SOCKETS")).fullmatch(path)


def socket_url(person: Person | None = None) -> str:
    """Path of the socket for all rooms, below the prefix under which the site lives.

    Args:
        person: whose page it is for. A page of a user says so, and its socket is refused to whoever has signed in instead in the meantime.
    """
    path = get_script_prefix() + base() + "zashiki/"
    return path if person is None or person.is_visitor else f"{path}?{urlencode({'as': person.key})}"


def is_for(person: Person | None, scope: dict[str, Any]) -> bool:
    """Whether this person is the one for whom the page was made that opens this socket; true for whoever does not say."""
    named = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("as")
    return not named or (person is not None and person.key == named[0])


def examples() -> list[str]:
    """One path of each kind, without the site's prefix and without a slash before it."""
    found = [base() + "zashiki/", f"{base()}zashiki/chat/{EXAMPLE}/"]
    return [*found, f"{base()}chat/{EXAMPLE}/"] if conf.get("TUTORIAL_SOCKETS") else found


def base() -> str:
    """The setting as ``ws/``; empty for the root."""
    path = str(conf.get("WEBSOCKET_PATH")).strip("/")
    return f"{path}/" if path else ""


@lru_cache(maxsize=8)
def _pattern(base: str, with_tutorial: bool) -> re.Pattern[str]:
    room = "(?:zashiki/)?chat" if with_tutorial else "zashiki/chat"
    return re.compile(rf"/{re.escape(base)}(?:zashiki|{room}/(?P<room>.+?))/", re.DOTALL)
