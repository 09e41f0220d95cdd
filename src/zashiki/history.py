"""Pages of a room's past, by position. Synchronous."""

from __future__ import annotations

from dataclasses import dataclass

from zashiki.models.message import Message, MessageQuerySet


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Attributes:
    messages: ascending by position.
    more_before, more_after: whether there is more on either side.
    """

    messages: list[Message]
    more_before: bool
    more_after: bool


def newest(room_id: int, limit: int) -> HistoryPage:
    return before(room_id, 2**62, limit)


def before(room_id: int, position: int, limit: int) -> HistoryPage:
    """The messages that end just before a position."""
    found = list(_of(room_id).before(position)[: limit + 1])
    messages = found[:limit][::-1]
    return HistoryPage(messages, len(found) > limit, _exists_after(room_id, position - 1))


def after(room_id: int, position: int, limit: int) -> HistoryPage:
    """The messages that begin just after a position."""
    found = list(_of(room_id).after(position)[: limit + 1])
    return HistoryPage(found[:limit], position > 0, len(found) > limit)


def around(room_id: int, position: int, limit: int) -> HistoryPage:
    """The messages on both sides of a position, and the one at it."""
    earlier = before(room_id, position, limit // 2)
    later = after(room_id, position - 1, limit - limit // 2)
    return HistoryPage(earlier.messages + later.messages, earlier.more_before, later.more_after)


def _of(room_id: int) -> MessageQuerySet:
    return Message.objects.filter(room_id=room_id)


def _exists_after(room_id: int, position: int) -> bool:
    return _of(room_id).after(position).exists()
