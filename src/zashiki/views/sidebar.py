"""The list of rooms beside a room."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from zashiki.models import Involvement, Kind
from zashiki.people import Person
from zashiki.sidebar import open_rooms, rooms_of

LIMIT = 100  # open rooms that are shown to somebody who is a member of none


def sections(person: Person | None, here: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """Sections that fold: one's rooms and one's direct rooms; for somebody who has none, the open rooms.

    Args:
        here: the room of the page, as `room_state` tells; it is shown even if it is not one of theirs.

    Returns:
        for each ``{"name", "title", "rooms"}``, the rooms as list items.
    """
    mine = rooms_of(person) if person is not None else []
    if here is not None and here["id"] not in {each["id"] for each in mine}:
        mine = [here, *mine] if mine else mine
    direct = [each for each in mine if each["kind"] == Kind.DIRECT]
    rooms = [each for each in mine if each["kind"] != Kind.DIRECT]
    if not mine:
        return [_section("open", _("Open rooms"), _open_rooms(person, here), here)]
    return [_section("rooms", _("Rooms"), rooms, here), _section("direct", _("Direct"), direct, here)]


def address_of(name: str | None, room_id: int | None, base: str) -> str:
    """A room's page, below the address of the index; the same as ``reverse`` gives, for many at once."""
    return f"{base}{quote(name, safe=_SAFE)}/" if name else f"{base}room/{room_id}/"


_SAFE = "!$&'()*+,;=~:@"  # RFC 3986, 3.3: what a path may hold as it is


def _section(
    name: str, title: str, rooms: list[dict[str, Any]], here: dict[str, Any] | None
) -> dict[str, Any]:
    base = reverse("zashiki:index")
    return {
        "name": name,
        "title": title,
        "rooms": mark_safe("".join(_link(room, base, here) for room in rooms)),
    }


def _link(room: dict[str, Any], base: str, here: dict[str, Any] | None) -> SafeString:
    mentions, involvement = len(room.get("mentions", ())), room.get("involvement", "")
    count = _waiting(room, mentions, involvement)
    is_here = here is not None and here["id"] == room["id"]
    address = room["name"] if room["kind"] == Kind.OPEN else None
    shown = (room["id"], address, room["title"], involvement, "read_position" in room)
    return _drawn(*shown, count, mentions > 0 and count > 0, is_here, base)


def _waiting(room: dict[str, Any], mentions: int, involvement: str) -> int:
    """How many messages of a room its person wants to be told of; `static/zashiki/rooms.js` counts in the same way."""
    if involvement == Involvement.NOTHING:
        return 0
    return mentions if involvement == Involvement.MENTIONS else int(room.get("unread", 0))


@lru_cache(maxsize=8192)
def _drawn(
    room_id: int | None,
    name: str | None,
    title: str,
    involvement: str,
    is_mine: bool,
    count: int,
    is_spoken_to: bool,
    is_here: bool,
    base: str,
) -> SafeString:
    context = {
        "id": room_id,
        "url": address_of(name, room_id, base),
        "title": title,
        "involvement": involvement,
        "is_mine": is_mine,
        "count": count,
        "is_spoken_to": is_spoken_to,
        "is_here": is_here,
    }
    return render_to_string("zashiki/_room_link.html", context)


def _open_rooms(person: Person | None, here: dict[str, Any] | None) -> list[dict[str, Any]]:
    found = open_rooms(person, LIMIT)
    is_there = here is None or here["id"] in {room["id"] for room in found}
    return found if is_there or here is None else [here, *found]
