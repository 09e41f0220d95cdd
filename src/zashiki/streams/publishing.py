"""News from a thread of this process, or from a process that has no event loop at all."""

from __future__ import annotations

import weakref

from zashiki import hub
from zashiki.models import Versioned
from zashiki.streams.streams import PREFIX, RoomStreams, events_by_room, notification_for

_streams_here: weakref.WeakSet[RoomStreams] = weakref.WeakSet()


def register(streams: RoomStreams) -> None:
    """Have a loop's streams hear what other threads of the process store."""
    _streams_here.add(streams)


def publish(changed: list[Versioned]) -> None:
    """After a commit, on whatever thread: show it in this process, and ring the others."""
    for room_id, events in events_by_room(changed):
        for streams in list(_streams_here):
            streams.on_events_threadsafe(room_id, events)
        hub.notify(f"{PREFIX}{room_id}", notification_for(events))
