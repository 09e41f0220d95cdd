"""What somebody has gathered from many rooms: messages saved for later, threads that they follow. Synchronous."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, Q

from zashiki.models import Following, Message, Room, Saved
from zashiki.people import Person
from zashiki.sidebar import rooms_read_by

SAVED_LIMIT = 200
THREADS_LIMIT = 100


def saved(person: Person) -> list[Message]:
    """Latest saved first; what was deleted, or is in a room that one may not read any more, is left out."""
    if person.user is None:
        return []
    rows = Saved.objects.filter(user=person.user, message__deleted_at__isnull=True).select_related(
        "message__room"
    )
    messages = [row.message for row in rows.order_by("-saved_at", "-pk")[:SAVED_LIMIT]]
    readable = _readable(person, (message.room for message in messages))
    return [message for message in messages if message.room_id in readable]


def threads(person: Person) -> list[dict[str, Any]]:
    """The threads that somebody follows, the one with the latest reply first.

    Returns:
        for each ``{"root": a message, "read_position": ..., "unread": replies of others that were not read}``.
    """
    if person.user is None:
        return []
    unread = Q(
        root__thread_replies__position__gt=F("read_position"), root__thread_replies__deleted_at__isnull=True
    )
    own = Q(root__thread_replies__author_key=person.key)
    followed = (
        Following.objects.filter(user=person.user, root__replied_at__isnull=False)
        .select_related("root__room")
        .annotate(unread=Count("root__thread_replies", filter=unread & ~own))
        .order_by("-root__replied_at")[:THREADS_LIMIT]
    )
    readable = _readable(person, (each.root.room for each in followed))
    return [
        {"root": each.root.state(), "read_position": each.read_position, "unread": each.unread}
        for each in followed
        if each.root.room_id in readable
    ]


def _readable(person: Person, rooms: Iterable[Room]) -> set[int]:
    distinct = {room.pk: room for room in rooms}
    return {room.pk for room in rooms_read_by(person, distinct.values())}
