"""A room's past: pages of it by position, and single messages. Synchronous."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connections
from django.db.models import QuerySet
from django.db.models.functions import Length

from zashiki.models import Message, Revision
from zashiki.models.message import MessageQuerySet, as_stored
from zashiki.models.primary import primary

_BYTES_PER_REACTION = 64  # a key and a name, in JSON


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Attributes:
    messages: ascending by position; or rows of the columns that were asked for.
    more_before, more_after: whether there is more on either side.
    """

    messages: list[Any]
    more_before: bool
    more_after: bool


@dataclass(frozen=True, slots=True)
class MessageHistory:
    """What is shown in a room, or the replies in one of its threads.

    Attributes:
        thread: id of the thread's root; ``None`` for the room.
        columns: what is wanted of each message; empty for whole messages.
    """

    room_id: int
    thread: int | None = None
    columns: tuple[str, ...] = ()

    def newest(self, limit: int) -> HistoryPage:
        found = self._rows(self._shown().order_by("-position")[: limit + 1])
        return HistoryPage(found[:limit][::-1], len(found) > limit, False)

    def before(self, position: int, limit: int) -> HistoryPage:
        """The messages that end just before a position."""
        found = self._rows(self._shown().before(position)[: limit + 1])
        return HistoryPage(
            found[:limit][::-1], len(found) > limit, self._shown().after(position - 1).exists()
        )

    def after(self, position: int, limit: int) -> HistoryPage:
        """The messages that begin just after a position."""
        found = self._rows(self._shown().after(position)[: limit + 1])
        return HistoryPage(found[:limit], self._shown().before(position + 1).exists(), len(found) > limit)

    def around(self, position: int, limit: int) -> HistoryPage:
        """The messages on both sides of a position, and the one at it."""
        earlier = self.before(position, limit // 2)
        later = self.after(position - 1, limit - limit // 2)
        return HistoryPage(earlier.messages + later.messages, earlier.more_before, later.more_after)

    def position_at(self, moment: datetime) -> int:
        """The position of the room's first message that was posted at this moment (which has a time zone) or later; after the last if there is none.

        Positions are taken in the order of time: this halves them, so that no index of times is needed.
        """
        messages, moment = Message.objects.filter(room_id=self.room_id), as_stored(moment)
        low, high = 1, (messages.order_by("-position").values_list("position", flat=True).first() or 0) + 1
        while low < high:
            middle = (low + high) // 2
            posted_at = messages.filter(position=middle).values_list("posted_at", flat=True).first()
            if posted_at is not None and posted_at < moment:
                low = middle + 1
            else:
                high = middle
        return low

    def _rows(self, messages: QuerySet[Message]) -> list[Any]:
        return list(messages.values_list(*self.columns) if self.columns else messages)

    def _shown(self) -> MessageQuerySet:
        if self.thread is not None:
            return Message.objects.filter(thread_id=self.thread, room_id=self.room_id)
        return Message.objects.filter(room_id=self.room_id, in_room=True)


def newest_versions(room_id: int, limit: int) -> HistoryPage:
    """Ids and versions of a room's newest messages. Every page begins with it, so without building a query first."""
    question = f"SELECT id, version FROM {Message._meta.db_table} WHERE room_id = %s AND in_room ORDER BY position DESC LIMIT %s"
    with connections[primary()].cursor() as cursor:
        cursor.execute(question, [room_id, limit + 1])
        found = cursor.fetchall()
    return HistoryPage(found[:limit][::-1], len(found) > limit, False)


def by_ids(room_id: int, ids: Iterable[int]) -> list[Message]:
    """These messages, as far as they are in the room, ascending by position."""
    return list(Message.objects.filter(room_id=room_id, pk__in=set(ids)).order_by("position"))


def quoted_by(messages: Iterable[Message]) -> list[Message]:
    """What these messages answer, as far as it is not among them."""
    known = {message.pk for message in messages}
    wanted = {message.reply_to_id for message in messages if message.reply_to_id is not None} - known
    return list(Message.objects.filter(pk__in=wanted).order_by("position")) if wanted else []


def pinned(room_id: int) -> list[Message]:
    """Latest first."""
    return list(Message.objects.filter(room_id=room_id).pinned())


def revisions(message_id: int) -> list[Revision]:
    """What a message said before, in the order in which it was written."""
    return list(Revision.objects.filter(message_id=message_id))


def place_and_size_of(message_id: int) -> tuple[int | None, int]:
    """The room of a message, and about how many bytes its state has; ``(None, 0)`` if there is no such message."""
    text = Length("body") + Length("html")
    found = Message.objects.filter(pk=message_id).values_list("room_id", text, "reactions").first()
    if found is None:
        return None, 0
    return found[0], found[1] + sum(_BYTES_PER_REACTION * len(people) for _, people in found[2])


def room_id_of(message_id: int) -> int | None:
    return Message.objects.filter(pk=message_id).values_list("room_id", flat=True).first()
