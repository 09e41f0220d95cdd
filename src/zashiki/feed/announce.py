"""News from a thread of this process, or from a process that has no event loop at all."""

from __future__ import annotations

import weakref

from zashiki import seating
from zashiki.feed.feeds import PREFIX, Feeds, by_room, ring_of
from zashiki.models import Changed

_feeds_here: weakref.WeakSet[Feeds] = weakref.WeakSet()


def register(feeds: Feeds) -> None:
    """Have a loop's feeds hear what other threads of the process store."""
    _feeds_here.add(feeds)


def announce_from_anywhere(news: list[Changed]) -> None:
    """After a commit, on whatever thread: show it in this process, and ring the others."""
    for room_id, events in by_room(news):
        for feeds in list(_feeds_here):
            feeds.hear_from_thread(room_id, events)
        seating.ring(f"{PREFIX}{room_id}", ring_of(events))
