"""The newest changes of a room, kept so that returning clients cost no query."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence

from zashiki.streams.event import Event


class RecentEvents:
    """The latest state of each message that changed after `floor`, in the order of versions.

    Args:
        limit: most messages that are kept.

    Attributes:
        floor: every change with a larger version is here; what is older must be asked of the table.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._events: OrderedDict[int, Event] = OrderedDict()
        self.complete_after = 0

    def reset(self, events: Iterable[Event], floor: int) -> None:
        """Start again from what the table says: all changes above `floor`, ascending by version."""
        self._events.clear()
        self.complete_after = floor
        for event in events:
            self.add(event)

    def add(self, event: Event) -> None:
        """The next change; it takes the place of an older state of the same message."""
        self._events.pop(event.message_id, None)
        self._events[event.message_id] = event
        if len(self._events) > self._limit:
            _, oldest = self._events.popitem(last=False)
            self.complete_after = oldest.version

    def since(self, version: int) -> list[Event] | None:
        """What changed after a version, ascending; ``None`` if that reaches below the floor."""
        if version < self.complete_after:
            return None
        found = []
        for event in reversed(self._events.values()):
            if event.version <= version:
                break
            found.append(event)
        found.reverse()
        return found

    def newest(self, count: int, position: int) -> list[Event] | None:
        """The messages at the last `count` positions, ascending; ``None`` unless all of them are here.

        Args:
            position: the room's newest position.
        """
        wanted = min(count, position)
        found: Sequence[Event] = [
            event for event in self._events.values() if event.position > position - wanted
        ]
        return sorted(found, key=lambda event: event.position) if len(found) == wanted else None
