"""Threads that a user follows. Synchronous."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Q

from zashiki.models import ThreadFollow
from zashiki.person import Person
from zashiki.rooms.listing import readable_ids

THREADS_LIMIT = 100


def followed_threads(person: Person) -> list[dict[str, Any]]:
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
        ThreadFollow.objects.filter(user=person.user, root__replied_at__isnull=False)
        .select_related("root__room")
        .annotate(unread=Count("root__thread_replies", filter=unread & ~own))
        .order_by("-root__replied_at")[:THREADS_LIMIT]
    )
    readable = readable_ids(person, (each.root.room for each in followed))
    return [
        {"root": each.root.state(), "read_position": each.read_position, "unread": each.unread}
        for each in followed
        if each.root.room_id in readable
    ]
