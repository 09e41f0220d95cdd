"""The bell of a room: rings for members who sit elsewhere, so that they see what is unread. Felt, never true.

A room whose bell somebody listens to needs no feed: only the newest position is remembered. A room full of talk rings at once and then
a few times in a second, each time for everything since. What a forgetful layer swallowed, the heartbeat finds in the table.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

import msgspec

from zashiki import wire
from zashiki.feed import Event
from zashiki.models import Message, Room
from zashiki.seating import Seat, Seating
from zashiki.unread import deleted_after, newest

log = logging.getLogger("zashiki.bells")

PAUSE = 0.3  # seconds between two rings of one room
SPOKEN_LIMIT = 50  # messages in one ring; the position tells of the others


class _Author(msgspec.Struct):
    id: str


class _Thread(msgspec.Struct):
    id: int
    position: int


class _Spoken(msgspec.Struct):
    position: int
    author: _Author
    mentions: list[str]
    deleted: bool
    edited_at: str | None
    thread: _Thread | None
    replies: dict[str, Any] | None

    def told(self) -> dict[str, Any]:
        thread = self.thread and {"id": self.thread.id, "position": self.thread.position}
        return _told(self.position, self.author.id, self.mentions, thread)


class _News(msgspec.Struct):
    message: _Spoken | None = None


_COLUMNS = ("position", "author_key", "mentions", "thread_id", "thread__position")
_news = msgspec.json.Decoder(_News)


class _Bell:
    """One room's.

    Attributes:
        position: the newest that was rung for, or is about to be.
        whole: everything up to it was rung for; what is missing above it may be on its way, or lost.
        beyond: positions above that were rung for.
        spoken: what the next ring tells, by position.
        deleted: positions of messages of whose deletion the next ring tells.
    """

    def __init__(self, position: int) -> None:
        self.position = self.whole = position
        self.beyond: set[int] = set()
        self.seats: set[Seat] = set()
        self.spoken: dict[int, dict[str, Any]] = {}
        self.deleted: set[int] = set()
        self.timer: asyncio.TimerHandle | None = None
        self.has_news = False

    def take(self, position: int) -> bool:
        """Something was said at a position. False: it is known."""
        if position <= self.whole or position in self.beyond:
            return False
        self.position = max(self.position, position)
        self.beyond.add(position)
        while self.whole + 1 in self.beyond:
            self.whole += 1
            self.beyond.discard(self.whole)
        return True

    def heal(self, position: int, spoken: Mapping[int, dict[str, Any]], deleted: Iterable[int]) -> None:
        """The table says what was said up to a position, and what of it was deleted."""
        self.position, self.has_news = max(self.position, position), True
        self.whole = position
        self.beyond = {each for each in self.beyond if each > position}
        self.spoken.update(spoken)
        self.deleted.update(deleted)


class Bells:
    """The bells of a process.

    Args:
        in_thread: runs a synchronous function and returns its result.
    """

    def __init__(self, seating: Seating, in_thread: Callable[..., Awaitable[Any]]) -> None:
        self._seating = seating
        self._in_thread = in_thread
        self._loop = asyncio.get_running_loop()
        self._bells: dict[int, _Bell] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def place(self, room_id: int, position: int, seat: Seat) -> None:
        """Let a seat hear a room's bell, from a position on.

        Args:
            position: the room's newest, as the seat knows it.
        """
        if seat.closed:
            return
        bell = self._bells.get(room_id)
        if bell is None:
            bell = self._bells[room_id] = _Bell(position)
            self._seating.join(f"room.{room_id}")
        bell.seats.add(seat)
        self._seating.place(topic_of(room_id), seat)
        if position < bell.position:
            seat.send(_ring(room_id, bell.position, [], []))  # it rang while the table was read

    def leave(self, room_id: int, seat: Seat) -> None:
        """No fault if it does not listen."""
        bell = self._bells.get(room_id)
        if bell is None or seat not in bell.seats:
            return
        self._seating.leave(topic_of(room_id), seat)
        bell.seats.discard(seat)
        if not bell.seats:
            self._forget(room_id, bell)

    def hear(self, room_id: int, events: Iterable[Event], head: int = 0) -> None:
        """Changes of a room were stored, here or elsewhere."""
        bell = self._bells.get(room_id)
        if bell is None:
            return
        known = 0
        for event in events:
            known += 1
            if event.message_id:
                self._take(bell, event)
        if not known:  # too much to be told: the table has it
            self._start(self.heal([room_id]))
        self._ring_soon(room_id, bell)

    async def heal(self, room_ids: Iterable[int] | None = None) -> None:
        """Compare what was rung with what is stored. To be called by the heartbeat.

        Args:
            room_ids: ``None`` for all.
        """
        wanted = self._bells if room_ids is None else set(room_ids) & self._bells.keys()
        if not wanted:
            return
        missed = await self._in_thread(_missed, {room_id: self._bells[room_id].whole for room_id in wanted})
        for room_id, (position, spoken, deleted) in missed.items():
            if (bell := self._bells.get(room_id)) and position > bell.whole:
                bell.heal(position, spoken, deleted)
                self._ring_soon(room_id, bell)

    def begin_again(self) -> None:
        """The rooms' clocks were set back: have everybody ask for their rooms again."""
        for room_id, bell in list(self._bells.items()):
            for seat in list(bell.seats):
                seat.send(wire.event("rooms"))
                self.leave(room_id, seat)

    def close(self) -> None:
        for room_id, bell in list(self._bells.items()):
            self._forget(room_id, bell)
        for task in self._tasks:
            task.cancel()

    # Private

    def _take(self, bell: _Bell, event: Event) -> None:
        spoken = _news.decode(event.payload).message
        if spoken is None:
            return
        is_new = bell.take(event.position)
        # Whose thread it is that was answered in is told with the answer, and is no reason to ring by itself.
        is_answered = spoken.replies is not None and bell.has_news
        if not (is_new or spoken.deleted or spoken.edited_at or is_answered):
            return
        if spoken.deleted:
            bell.deleted.add(event.position)
        bell.spoken[event.position] = spoken.told()
        bell.has_news = True

    def _ring_soon(self, room_id: int, bell: _Bell) -> None:
        if bell.has_news and bell.timer is None:
            self._ring_now(room_id, bell)

    def _ring_now(self, room_id: int, bell: _Bell) -> None:
        bell.timer = None
        if not bell.has_news:
            return
        spoken = sorted(bell.spoken.values(), key=lambda each: (not each["mentions"], -each["position"]))
        news = _ring(room_id, bell.position, spoken[:SPOKEN_LIMIT], newest(bell.deleted))
        bell.spoken, bell.deleted, bell.has_news = {}, set(), False
        self._seating.show(topic_of(room_id), news, ephemeral=True)
        bell.timer = self._loop.call_later(PAUSE, self._ring_now, room_id, bell)

    def _forget(self, room_id: int, bell: _Bell) -> None:
        if bell.timer is not None:
            bell.timer.cancel()
        del self._bells[room_id]
        self._seating.part(f"room.{room_id}")

    def _start(self, work: Any) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (fault := task.exception()):
            log.warning("a bell could not be healed; the next heartbeat will: %s", fault)


def topic_of(room_id: int) -> str:
    return f"bell.{room_id}"


def _told(position: int, author: str, mentions: list[str], thread: dict[str, int] | None) -> dict[str, Any]:
    return {"position": position, "author": author, "mentions": mentions, "thread": thread}


def _ring(room_id: int, position: int, spoken: list[dict[str, Any]], deleted: list[int]) -> bytes:
    return wire.event("bell", room=room_id, position=position, messages=spoken, deleted=deleted)


def _missed(known: Mapping[int, int]) -> dict[int, tuple[int, dict[int, dict[str, Any]], list[int]]]:
    """For rooms that are further than known: the position, what was said newest, by position, and what of the rest was deleted."""
    missed = {}
    for room_id, position in Room.objects.filter(pk__in=list(known)).values_list("pk", "position"):
        if position > known[room_id]:
            rows = Message.objects.filter(room_id=room_id, position__gt=known[room_id]).order_by("-position")
            spoken = {
                at: _told(at, author, mentions, {"id": root, "position": root_at} if root else None)
                for at, author, mentions, root, root_at in rows.values_list(*_COLUMNS)[:SPOKEN_LIMIT]
            }
            missed[room_id] = position, spoken, deleted_after(room_id, known[room_id])
    return missed
