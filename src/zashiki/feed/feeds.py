"""The feeds of a process: one for each room with seats."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

from zashiki.feed.event import Event, event_of
from zashiki.feed.feed import Feed, InThread
from zashiki.models import Changed, clock_of
from zashiki.seating import Seating, ring

PREFIX = "room."
LINGER = (
    10.0  # seconds a feed stays open after its last seat has left: whoever drops out is often back at once
)
RING_LIMIT = 256 * 1024  # bytes of events in one layer message; more is announced by its version alone


Overhear = Callable[[int, list[Event], int], None]


class Feeds:
    """Opens, finds and closes feeds, and carries news between them and the other processes.

    Args:
        overhear: told of all news too, also of rooms without a feed, as `hear`.
    """

    def __init__(self, seating: Seating, in_thread: InThread, overhear: Overhear | None = None) -> None:
        self._overhear = overhear
        self._seating = seating
        self._in_thread = in_thread
        self._loop = asyncio.get_running_loop()
        self._feeds: dict[int, Feed] = {}
        self._held: dict[int, int] = {}  # how many hold a feed open

    def __iter__(self) -> Iterator[Feed]:
        return iter(list(self._feeds.values()))

    def get(self, room_id: int) -> Feed | None:
        return self._feeds.get(room_id)

    async def hold(self, room_id: int) -> Feed:
        """The open feed of a room; to be let go by `release`, also when this raises."""
        self._held[room_id] = self._held.get(room_id, 0) + 1
        feed = self._feeds.get(room_id)
        if feed is None:
            feed = self._feeds[room_id] = Feed(room_id, self._seating, self._in_thread)
            self._seating.join(feed.topic)
        await feed.open()
        return feed

    def release(self, room_id: int) -> None:
        self._held[room_id] -= 1
        if not self._held[room_id]:
            self._loop.call_later(LINGER, self._close_if_idle, room_id)

    def announce(self, news: list[Changed]) -> None:
        """After a commit: show it here, and ring the other processes."""
        for room_id, events in by_room(news):
            self.hear(room_id, events)
            ring(f"{PREFIX}{room_id}", ring_of(events))

    def hear(self, room_id: int, events: list[Event], head: int = 0) -> None:
        if feed := self._feeds.get(room_id):
            feed.hear(events, head)
        if self._overhear is not None:
            self._overhear(room_id, events, head)

    def rung(self, room_id: int, message: dict[str, Any]) -> None:
        """Another process has news, as `ring_of` packed them."""
        self.hear(room_id, [Event.unpacked(packed) for packed in message["events"]], message["head"])

    def hear_from_thread(self, room_id: int, events: list[Event]) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.hear, room_id, events)

    def close(self) -> None:
        for feed in self._feeds.values():
            feed.close()
        self._feeds.clear()

    def _close_if_idle(self, room_id: int) -> None:
        if self._held.get(room_id) == 0:
            del self._held[room_id]
            feed = self._feeds.pop(room_id)
            feed.close()
            self._seating.part(feed.topic)


def by_room(news: Iterable[Changed]) -> list[tuple[int, list[Event]]]:
    """Events of each room, in the order of the news: by room, then by version."""
    return [
        (room_id, [event_of(changed) for changed in group])
        for room_id, group in groupby(news, key=lambda changed: clock_of(changed)[0])
    ]


def ring_of(events: list[Event]) -> dict[str, Any]:
    """The layer message for a room's news; too much at once is left for the others to read from the table."""
    small = sum(len(event.payload) for event in events) <= RING_LIMIT
    return {"events": [event.packed() for event in events] if small else [], "head": events[-1].version}
