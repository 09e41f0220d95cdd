"""What the feed asks of the database. Synchronous; each answer is complete up to the version that it names.

The room's row is read first and its messages after it, in one statement. That statement sees all changes up to some version at or after the row's, so
everything up to the larger of the row's version and the newest version found is in the answer, without a transaction around the two.
"""

from __future__ import annotations

from collections.abc import Iterable
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
    """

    events: list[Event]
    version: int
    position: int
    whole: bool


def newest_changes(room_id: int, limit: int) -> Loaded:
    """The messages that changed last, at most `limit`."""
    room = _room(room_id)
    messages = list(Message.objects.filter(room_id=room_id).order_by("-version")[:limit])
    return _loaded(room, reversed(messages), len(messages) < limit)


def changes_since(room_id: int, version: int, limit: int) -> Loaded:
    """The first `limit` messages with a version above `version`; `whole` says whether that was all."""
    room = _room(room_id)
    messages = list(Message.objects.filter(room_id=room_id).changed_since(version)[: limit + 1])
    if len(messages) > limit:
        events = [event_of(message) for message in messages[:limit]]
        return Loaded(events, events[-1].version, max(event.position for event in events), False)
    return _loaded(room, messages, True)


def newest_page(room_id: int, size: int) -> Loaded:
    """The newest messages by position, ascending; `whole` says whether the room begins with them."""
    room = _room(room_id)
    messages = list(Message.objects.filter(room_id=room_id).order_by("-position")[:size])
    # A version above the row's may be an edit further up that this page does not show: only the row's is safe.
    events = [event_of(message) for message in reversed(messages)]
    whole = not events or events[0].position == 1
    return Loaded(events, room.version, events[-1].position if events else 0, whole)


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
    return Room.objects.only("version", "position").get(pk=room_id)


def _loaded(room: Room, messages: Iterable[Message], whole: bool) -> Loaded:
    events = [event_of(message) for message in messages]
    version = max(room.version, events[-1].version if events else 0)
    position = max([room.position, *(event.position for event in events)])
    return Loaded(events, version, position, whole)
