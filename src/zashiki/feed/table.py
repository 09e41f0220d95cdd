"""What the feed asks of the database. Synchronous; each answer is complete up to the version that it names.

The room's row is read first and its messages after it, in one statement. That statement sees all changes of messages up to some version at or
after the row's, so everything up to the larger of the row's version and the newest version found is in the answer, without a transaction
around the two. Only a change of the room itself could fall between them: then both are read again (`_steady`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from zashiki.feed.event import Event, event_of
from zashiki.models import House, Message, Room
from zashiki.models.house import new_epoch


@dataclass(frozen=True, slots=True)
class Loaded:
    """Attributes:
    events: ascending by version, or by position for a page.
    version: everything up to it is in `events` or unchanged.
    position: of the room's newest message among them, or of the room.
    whole: whether nothing had to be left out.
    state: of the room itself; ``None`` while it is as it was made.
    """

    events: list[Event]
    version: int
    position: int
    whole: bool
    state: Event | None = None


def newest_changes(room_id: int, limit: int) -> Loaded:
    """What changed last: at most `limit` messages, and the room itself if it changed after the first of them."""
    newest = Message.objects.filter(room_id=room_id).order_by("-version")
    room, messages = _steady(room_id, lambda: list(newest[:limit])[::-1])
    whole = len(messages) < limit
    return _loaded(room, messages, whole, 0 if whole else messages[0].version)


def changes_since(room_id: int, version: int, limit: int) -> Loaded:
    """The first `limit` messages with a version above `version`, and the room itself in its place; `whole` says whether that was all."""
    changed = Message.objects.filter(room_id=room_id).changed_since(version)
    room, messages = _steady(room_id, lambda: list(changed[: limit + 1]))
    loaded = _loaded(room, messages[:limit], True, version)
    if len(messages) <= limit:
        return loaded
    # What follows the last of them is left out, the room itself too if it is among that.
    events = [event for event in loaded.events if event.version <= messages[limit - 1].version]
    return Loaded(events, events[-1].version, max(event.position for event in events), False, loaded.state)


def newest_page(room_id: int, size: int) -> Loaded:
    """The newest messages by position, ascending; `whole` says whether the room begins with them."""
    room = _room(room_id)
    messages = list(Message.objects.filter(room_id=room_id).order_by("-position")[:size])
    # A version above the row's may be an edit further up that this page does not show: only the row's is safe.
    events = [event_of(message) for message in reversed(messages)]
    whole = not events or events[0].position == 1
    return Loaded(events, room.version, events[-1].position if events else 0, whole, _state(room))


def heads(room_ids: Iterable[int]) -> dict[int, int]:
    """The version of each room, in one query."""
    return dict(Room.objects.filter(pk__in=list(room_ids)).values_list("pk", "version"))


def house() -> tuple[str, int]:
    """The epoch and the clock of rights."""
    here = House.here()
    return here.epoch, here.rights


def begin_new_epoch(old: str) -> None:
    """Renew the house's epoch, unless another process did so already."""
    House.objects.filter(pk=1, epoch=old).update(epoch=new_epoch())


def _room(room_id: int) -> Room:
    return Room.objects.get(pk=room_id)


def _steady(room_id: int, read: Callable[[], list[Message]]) -> tuple[Room, list[Message]]:
    """The room's row, and messages ascending by version, with no change of the room itself between the two."""
    room = _room(room_id)
    while True:
        messages = read()
        if not messages or messages[-1].version <= room.version:
            return room, messages
        after = _room(room_id)
        if after.state_version == room.state_version:
            return room, messages
        room = after


def _loaded(room: Room, messages: list[Message], whole: bool, after: int) -> Loaded:
    """Args:
    after: the room itself is among the events if it changed after this version.
    """
    state = _state(room)
    events = [event_of(message) for message in messages]
    if state is not None and state.version > after:
        events = sorted([*events, state], key=lambda event: event.version)
    version = max(room.version, events[-1].version if events else 0)
    position = max([room.position, *(event.position for event in events)])
    return Loaded(events, version, position, whole, state)


def _state(room: Room) -> Event | None:
    return event_of(room) if room.state_version else None
