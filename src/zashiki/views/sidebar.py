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
from zashiki.person import Person
from zashiki.rooms.listing import public_rooms, rooms_for

LIMIT = 100  # open rooms that are shown to somebody who is a member of none


def sections(person: Person | None, current_room: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """Sections that fold: one's rooms and one's direct rooms; for somebody who has none, the open rooms.

    Args:
        here: the room of the page, as `room_state` tells; it is shown even if it is not one of theirs.

    Returns:
        for each ``{"name", "title", "rooms"}``, the rooms as list items.
    """
    mine = rooms_for(person) if person is not None else []
    if current_room is not None and current_room["id"] not in {each["id"] for each in mine}:
        mine = [current_room, *mine] if mine else mine
    direct = [each for each in mine if each["kind"] == Kind.DIRECT]
    rooms = [each for each in mine if each["kind"] != Kind.DIRECT]
    if not mine:
        return [_section("public", _("Public rooms"), _public_rooms(person, current_room), current_room)]
    return [
        _section("rooms", _("Rooms"), rooms, current_room),
        _section("direct", _("Direct messages"), direct, current_room),
    ]


def address_of(name: str | None, room_id: int | None, base: str) -> str:
    """A room's page, below the address of the index; the same as ``reverse`` gives, for many at once."""
    return f"{base}{quote(name, safe=_SAFE)}/" if name else f"{base}room/{room_id}/"


_SAFE = "!$&'()*+,;=~:@"  # RFC 3986, 3.3: what a path may hold as it is


def _section(
    name: str, title: str, rooms: list[dict[str, Any]], current_room: dict[str, Any] | None
) -> dict[str, Any]:
    base = reverse("zashiki:index")
    return {
        "name": name,
        "title": title,
        "rooms": mark_safe("".join(_link(room, base, current_room) for room in rooms)),
    }


def _link(room: dict[str, Any], base: str, current_room: dict[str, Any] | None) -> SafeString:
    mentions, involvement = len(room.get("mentions", ())), room.get("involvement", "")
    count = _unread_count(room, mentions, involvement)
    is_here = current_room is not None and current_room["id"] == room["id"]
    address = room["name"] if room["kind"] == Kind.PUBLIC else None
    shown = (room["id"], address, room["title"], involvement, "read_position" in room)
    return _rendered_link(*shown, count, mentions > 0 and count > 0, is_here, base)


def _unread_count(room: dict[str, Any], mentions: int, involvement: str) -> int:
    """How many messages of a room its person wants to be told of; `static/zashiki/unread/room_list.js` counts in the same way."""
    if involvement == Involvement.NOTHING:
        return 0
    return mentions if involvement == Involvement.MENTIONS else int(room.get("unread", 0))


@lru_cache(maxsize=8192)
def _rendered_link(
    room_id: int | None,
    name: str | None,
    title: str,
    involvement: str,
    is_mine: bool,
    count: int,
    is_mentioned: bool,
    is_current: bool,
    base: str,
) -> SafeString:
    context = {
        "id": room_id,
        "url": address_of(name, room_id, base),
        "title": title,
        "involvement": involvement,
        "is_mine": is_mine,
        "count": count,
        "is_spoken_to": is_mentioned,
        "is_here": is_current,
    }
    return render_to_string("zashiki/_room_list_item.html", context)


def _public_rooms(person: Person | None, here: dict[str, Any] | None) -> list[dict[str, Any]]:
    found = public_rooms(person, LIMIT)
    is_there = here is None or here["id"] in {room["id"] for room in found}
    return found if is_there or here is None else [here, *found]
