"""Somebody's rooms with what waits for them there: for the page and for the wire. Synchronous, in three queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import F

from zashiki import directs
from zashiki.entry import room_state
from zashiki.mentions import keys_of
from zashiki.models import Involvement, Membership, Mention
from zashiki.people import Person
from zashiki.policy import Policy, policy


def rooms_of(person: Person) -> list[dict[str, Any]]:
    """The rooms in use of which somebody is a member and that they have not hidden, ordered by title.

    Returns:
        for each room its state, titled for this person, and ``read_position``, ``unread`` (messages), ``mentions`` (the positions of unread
        messages that speak to them), ``involvement``, ``role``, ``draft``.
    """
    if person.user is None:
        return []
    memberships = _memberships(person)
    titles = directs.titles((membership.room for membership in memberships), person)
    mentions = _unread_mentions(person, memberships)
    found = [_entry(each, titles[each.room_id], mentions.get(each.room_id, [])) for each in memberships]
    return sorted(found, key=lambda entry: entry["title"].casefold())


def _memberships(person: Person) -> list[Membership]:
    mine = Membership.objects.filter(user=person.user, room__archived_at__isnull=True).select_related("room")
    found = mine.exclude(involvement=Involvement.HIDDEN)
    rules = policy()
    if type(rules).can_read is Policy.can_read:  # there a membership is the right
        return list(found)
    return [membership for membership in found if rules.can_read(person, membership.room)]


def _unread_mentions(person: Person, memberships: Iterable[Membership]) -> dict[int, list[int]]:
    """Positions by room, ascending."""
    behind = [each.room_id for each in memberships if each.room.position > each.read_position]
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


def _entry(membership: Membership, title: str, mentions: list[int]) -> dict[str, Any]:
    return {
        **room_state(membership.room),
        "title": title,
        "read_position": membership.read_position,
        "unread": max(0, membership.room.position - membership.read_position),
        "mentions": mentions,
        "involvement": membership.involvement,
        "role": membership.role,
        "draft": membership.draft,
    }
