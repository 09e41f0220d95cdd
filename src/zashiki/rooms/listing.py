"""Somebody's rooms with what waits for them there, and the rooms that are open: for the page and for the wire. Synchronous, in three queries.

Every page and every connection asks for them, and Django takes ten times longer to write these queries than a database to answer
them: so they are written down here.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.contrib.auth import get_user_model
from django.db import connections

from zashiki.messages.mentions import mention_keys
from zashiki.messages.unread import (
    DELETED_COUNT,
    DELETED_LIMIT,
    deleted_after,
    deleted_of_member,
    mentions_of_member,
)
from zashiki.models import Involvement, Kind, Membership, Room
from zashiki.models.primary import primary
from zashiki.models.room import RoomDisplay
from zashiki.person import Person
from zashiki.policy import policy
from zashiki.rooms import direct
from zashiki.rooms.access import room_state

_ROOM, _MEMBERSHIP = (model._meta.db_table for model in (Room, Membership))
_SHOWN = "r.id, r.name, r.label, r.kind, r.description, r.posting, r.participant_keys, r.version, r.position"
_OPEN_ROOMS = f"""
    SELECT {_SHOWN} FROM {_ROOM} r
    WHERE r.kind = '{Kind.PUBLIC.value}' AND r.name IS NOT NULL AND r.archived_at IS NULL
    ORDER BY r.position DESC LIMIT %s
"""
_ROOMS = f"""
    SELECT {_SHOWN}, m.read_position, m.involvement, m.role, m.draft, {DELETED_COUNT}
    FROM {_ROOM} r JOIN {_MEMBERSHIP} m ON m.room_id = r.id
    WHERE m.user_id = %s AND m.involvement <> '{Involvement.HIDDEN.value}' AND r.archived_at IS NULL
"""


@dataclass(slots=True)
class RoomRow(RoomDisplay):
    """A room in use."""

    pk: int
    name: str | None
    label: str
    kind: str
    description: str
    posting: str
    participant_keys: str | None
    version: int
    position: int
    archived_at: datetime | None = field(default=None, init=False)


@dataclass(slots=True)
class MembershipRow(RoomRow):
    """A room in use with what is somebody's own in it."""

    read_position: int
    involvement: str
    role: str
    draft: str
    deleted: int  # messages that were deleted before they were read


Used = TypeVar("Used", bound=RoomRow)


def public_rooms(person: Person | None, limit: int) -> list[dict[str, Any]]:
    """The open rooms in use that have an address and that somebody may read, the busiest first: of each its state."""
    rules = policy()
    if not rules.can_access(person):
        return []
    found = [RoomRow(*row) for row in _run_query(_OPEN_ROOMS, limit)]
    if rules.overrides("can_read"):  # else nothing more is asked of who reads in an open room
        found = readable(person, found)
    return [room_state(room) for room in found]


def rooms_for(person: Person) -> list[dict[str, Any]]:
    """The rooms in use of which somebody is a member and that they have not hidden, ordered by title.

    Returns:
        for each room its state, titled for this person, and ``read_position``, ``unread`` (messages that were not deleted), ``mentions``
        (the positions of unread messages that speak to them), ``deleted`` (those of the ones that were deleted before they were read),
        ``involvement``, ``role``, ``draft``.
    """
    if person.user is None or not policy().can_access(person):
        return []
    rooms = _rooms(person)
    titles = direct.titles(rooms, person)
    mentions = _mentions(person, rooms)
    deleted = _deleted(person, rooms)
    found = [
        _entry(room, titles[room.pk], mentions.get(room.pk, []), deleted.get(room.pk, [])) for room in rooms
    ]
    return sorted(found, key=lambda entry: entry["title"].casefold())


def _rooms(person: Person) -> list[MembershipRow]:
    found = [MembershipRow(*row) for row in _run_query(_ROOMS, _user(person))]
    if not policy().overrides("can_read"):  # there a membership is the right
        return found
    return readable(person, found)


def readable(person: Person | None, found: list[Used]) -> list[Used]:
    """Those of these rooms that somebody may read: the policy of a site is asked for each, and given the whole room."""
    readable = {
        room.pk for room in rooms_read_by(person, Room.objects.in_bulk([room.pk for room in found]).values())
    }
    return [room for room in found if room.pk in readable]


def rooms_read_by(person: Person | None, rooms: Iterable[Room]) -> list[Room]:
    """Those of these rooms that somebody may read, in their order; the memberships of all are asked for in one query."""
    rooms, rules = list(rooms), policy()
    user = None if person is None else person.user
    mine = {} if user is None else _memberships(user, rooms)
    with ExitStack() as stack:
        for room in rooms:
            stack.enter_context(room.cache_memberships())
            if user is not None and room._membership_cache is not None:
                room._membership_cache[user.pk] = mine.get(room.pk)
        return [room for room in rooms if rules.can_read(person, room)]


def readable_ids(person: Person | None, rooms: Iterable[Room]) -> set[int]:
    """The ids of those of these rooms that a person may read; a room may be named several times."""
    distinct = {room.pk: room for room in rooms}
    return {room.pk for room in rooms_read_by(person, distinct.values())}


def _memberships(user: Any, rooms: list[Room]) -> dict[int, Membership]:
    found = Membership.objects.filter(user=user, room__in=[room.pk for room in rooms])
    return {membership.room_id: membership for membership in found}


def _mentions(person: Person, rooms: Iterable[MembershipRow]) -> dict[int, list[int]]:
    if all(room.position <= room.read_position for room in rooms):
        return {}
    return mentions_of_member(_user(person), mention_keys(person))


def _deleted(person: Person, rooms: Iterable[MembershipRow]) -> dict[int, list[int]]:
    """Positions by room: of all that were deleted before they were read, or of the newest where they are many."""
    few = [room.pk for room in rooms if 0 < room.deleted <= DELETED_LIMIT]
    found = deleted_of_member(_user(person), few) if few else {}
    for room in rooms:
        if room.deleted > DELETED_LIMIT:
            found[room.pk] = deleted_after(room.pk, room.read_position)
    return found


def _user(person: Person) -> Any:
    connection = connections[primary()]
    return get_user_model()._meta.pk.get_db_prep_value(person.user.pk, connection)


def _run_query(question: str, *params: Any) -> list[tuple[Any, ...]]:
    with connections[primary()].cursor() as cursor:
        cursor.execute(question, params)
        return list(cursor.fetchall())


def _entry(room: MembershipRow, title: str, mentions: list[int], deleted: list[int]) -> dict[str, Any]:
    return {
        **room_state(room),
        "title": title,
        "read_position": room.read_position,
        "involvement": room.involvement,
        "role": room.role,
        "draft": room.draft,
        "unread": max(0, room.position - room.read_position - room.deleted),
        "mentions": mentions,
        "deleted": [position for position in deleted if position <= room.position],
    }
