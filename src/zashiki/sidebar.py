"""Somebody's rooms with what waits for them there: for the page and for the wire. Synchronous, in three queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import F

from zashiki import directs
from zashiki.entry import room_state
from zashiki.mentions import keys_of
from zashiki.models import Involvement, Mention, Room
from zashiki.people import Person
from zashiki.policy import Policy, policy

_OWN = ("read_position", "involvement", "role", "draft")  # of a membership
_SHOWN = [Involvement.EVERYTHING, Involvement.MENTIONS, Involvement.NOTHING]


def rooms_of(person: Person) -> list[dict[str, Any]]:
    """The rooms in use of which somebody is a member and that they have not hidden, ordered by title.

    Returns:
        for each room its state, titled for this person, and ``read_position``, ``unread`` (messages), ``mentions`` (the positions of unread
        messages that speak to them), ``involvement``, ``role``, ``draft``.
    """
    if person.user is None:
        return []
    rooms = _rooms(person)
    titles = directs.titles(rooms, person)
    mentions = _unread_mentions(person, rooms)
    found = [_entry(room, titles[room.pk], mentions.get(room.pk, [])) for room in rooms]
    return sorted(found, key=lambda entry: entry["title"].casefold())


def _rooms(person: Person) -> list[Any]:
    """Each room with what is the person's own in it."""
    found = Room.objects.filter(
        archived_at__isnull=True, memberships__user=person.user, memberships__involvement__in=_SHOWN
    ).annotate(**{name: F(f"memberships__{name}") for name in _OWN})
    rules = policy()
    if type(rules).can_read is Policy.can_read:  # there a membership is the right
        return list(found)
    return [room for room in found if rules.can_read(person, room)]


def _unread_mentions(person: Person, rooms: Iterable[Any]) -> dict[int, list[int]]:
    """Positions by room, ascending."""
    behind = [room.pk for room in rooms if room.position > room.read_position]
    if not behind:
        return {}
    found = Mention.objects.filter(
        room__in=behind,
        key__in=keys_of(person),
        room__memberships__user=person.user,
        position__gt=F("room__memberships__read_position"),
    )
    positions: dict[int, set[int]] = defaultdict(set)
    for room_id, position in found.values_list("room_id", "position"):
        positions[room_id].add(position)
    return {room_id: sorted(each) for room_id, each in positions.items()}


def _entry(room: Any, title: str, mentions: list[int]) -> dict[str, Any]:
    return {
        **room_state(room),
        "title": title,
        **{name: getattr(room, name) for name in _OWN},
        "unread": max(0, room.position - room.read_position),
        "mentions": mentions,
    }
