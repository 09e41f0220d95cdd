"""What the stream asks of the database. Synchronous; each answer is complete up to the version that it names.

The room's row is read first and its messages after it, in one statement. That statement sees all changes of messages up to some version at or
after the row's, so everything up to the larger of the row's version and the newest version found is in the answer, without a transaction
around the two. Only a change of the room itself could fall between them: then both are read again (`_steady`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from zashiki.models import Message, Room, SystemState
from zashiki.models.system_state import new_epoch
from zashiki.streams.event import Event, event_for


@dataclass(frozen=True, slots=True)
class LoadedEvents:
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
    complete: bool
    state: Event | None = None


def newest_changes(room_id: int, limit: int) -> LoadedEvents:
    """What changed last: at most `limit` messages, and the room itself if it changed after the first of them."""
    newest = Message.objects.filter(room_id=room_id).order_by("-version")
    room, messages = _consistent(room_id, lambda: list(newest[:limit])[::-1])
    whole = len(messages) < limit
    return _loaded(room, messages, whole, 0 if whole else messages[0].version)


def changes_since(room_id: int, version: int, limit: int) -> LoadedEvents:
    """The first `limit` messages with a version above `version`, and the room itself in its place; `whole` says whether that was all."""
    changed = Message.objects.filter(room_id=room_id).changed_since(version)
    room, messages = _consistent(room_id, lambda: list(changed[: limit + 1]))
    loaded = _loaded(room, messages[:limit], True, version)
    if len(messages) <= limit:
        return loaded
    # What follows the last of them is left out, the room itself too if it is among that.
    events = [event for event in loaded.events if event.version <= messages[limit - 1].version]
    return LoadedEvents(
        events, events[-1].version, max(event.position for event in events), False, loaded.state
    )


def newest_messages(room_id: int, size: int) -> LoadedEvents:
    """The newest messages by position, ascending; `whole` says whether the room begins with them."""
    room = _room(room_id)
    messages = list(Message.objects.filter(room_id=room_id).order_by("-position")[:size])
    # A version above the row's may be an edit further up that this page does not show: only the row's is safe.
    events = [event_for(message) for message in reversed(messages)]
    whole = not events or events[0].position == 1
    return LoadedEvents(events, room.version, events[-1].position if events else 0, whole, _state(room))


def current_versions(room_ids: Iterable[int]) -> dict[int, int]:
    """The version of each room, in one query."""
    return dict(Room.objects.filter(pk__in=list(room_ids)).values_list("pk", "version"))


def system_state() -> tuple[str, int]:
    """The epoch and the clock of rights."""
    here = SystemState.load()
    return here.epoch, here.permissions_version


def begin_new_epoch(old: str) -> None:
    """Renew the house's epoch, unless another process did so already."""
    SystemState.objects.filter(pk=1, epoch=old).update(epoch=new_epoch())


def _room(room_id: int) -> Room:
    return Room.objects.get(pk=room_id)


def _consistent(room_id: int, read: Callable[[], list[Message]]) -> tuple[Room, list[Message]]:
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


def _loaded(room: Room, messages: list[Message], whole: bool, after: int) -> LoadedEvents:
    """Args:
    after: the room itself is among the events if it changed after this version.
    """
    state = _state(room)
    events = [event_for(message) for message in messages]
    if state is not None and state.version > after:
        events = sorted([*events, state], key=lambda event: event.version)
    version = max(room.version, events[-1].version if events else 0)
    position = max([room.position, *(event.position for event in events)])
    return LoadedEvents(events, version, position, whole, state)


def _state(room: Room) -> Event | None:
    return event_for(room) if room.state_version else None
