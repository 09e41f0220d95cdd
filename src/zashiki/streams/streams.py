"""The streams of a process: one for each room with connections."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

from zashiki.hub import Hub, notify
from zashiki.models import Versioned, room_version_of
from zashiki.streams.event import Event, event_for
from zashiki.streams.stream import RoomStream, RunInThread

PREFIX = "room."
IDLE_TIMEOUT = 10.0  # seconds a stream stays open after its last connection has left: whoever drops out is often back at once
NOTIFICATION_LIMIT = (
    256 * 1024
)  # bytes of events in one layer message; more is announced by its version alone


EventListener = Callable[[int, list[Event], int], None]


class RoomStreams:
    """Opens, finds and closes streams, and carries events between them and the other processes.

    Args:
        listener: called with all events, also those of rooms without a stream.
    """

    def __init__(self, hub: Hub, run_in_thread: RunInThread, listener: EventListener | None = None) -> None:
        self._listener = listener
        self._hub = hub
        self._run_in_thread = run_in_thread
        self._loop = asyncio.get_running_loop()
        self._streams: dict[int, RoomStream] = {}
        self._users: dict[int, int] = {}  # how many hold a stream open

    def __iter__(self) -> Iterator[RoomStream]:
        return iter(list(self._streams.values()))

    def get(self, room_id: int) -> RoomStream | None:
        return self._streams.get(room_id)

    async def acquire(self, room_id: int) -> RoomStream:
        """The open stream of a room; to be let go by `release`, also when this raises."""
        self._users[room_id] = self._users.get(room_id, 0) + 1
        stream = self._streams.get(room_id)
        if stream is None:
            stream = self._streams[room_id] = RoomStream(room_id, self._hub, self._run_in_thread)
            self._hub.watch(stream.topic)
        await stream.open()
        return stream

    def release(self, room_id: int) -> None:
        self._users[room_id] -= 1
        if not self._users[room_id]:
            self._loop.call_later(IDLE_TIMEOUT, self._close_if_idle, room_id)

    def publish(self, changed: list[Versioned]) -> None:
        """After a commit: show it here, and ring the other processes."""
        for room_id, events in events_by_room(changed):
            self.on_events(room_id, events)
            notify(f"{PREFIX}{room_id}", notification_for(events))

    def on_events(self, room_id: int, events: list[Event], head: int = 0) -> None:
        if stream := self._streams.get(room_id):
            stream.on_events(events, head)
        if self._listener is not None:
            self._listener(room_id, events, head)

    def on_notification(self, room_id: int, message: dict[str, Any]) -> None:
        """Another process has stored changes; the message is what `notification` packed."""
        self.on_events(room_id, [Event.unpack(packed) for packed in message["events"]], message["head"])

    def on_events_threadsafe(self, room_id: int, events: list[Event]) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.on_events, room_id, events)

    def close(self) -> None:
        for stream in self._streams.values():
            stream.close()
        self._streams.clear()

    def _close_if_idle(self, room_id: int) -> None:
        if self._users.get(room_id) == 0:
            del self._users[room_id]
            stream = self._streams.pop(room_id)
            stream.close()
            self._hub.unwatch(stream.topic)


def events_by_room(rows: Iterable[Versioned]) -> list[tuple[int, list[Event]]]:
    """Events of each room, in the order of the rows: by room, then by version."""
    return [
        (room_id, [event_for(changed) for changed in group])
        for room_id, group in groupby(rows, key=lambda row: room_version_of(row)[0])
    ]


def notification_for(events: list[Event]) -> dict[str, Any]:
    """The layer message for a room's events; too much at once is left for the others to read from the table."""
    small = sum(len(event.payload) for event in events) <= NOTIFICATION_LIMIT
    return {"events": [event.pack() for event in events] if small else [], "head": events[-1].version}
