"""The activity of a room: rings for members who sit elsewhere, so that they see what is unread. Felt, never true.

A room whose activity somebody listens to needs no stream: only the newest position is remembered. A room full of talk rings at once and then
a few times in a second, each time for everything since. What a forgetful layer swallowed, the heartbeat finds in the table.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

import msgspec

from zashiki import wire
from zashiki.hub import Connection, Hub
from zashiki.messages.unread import deleted_after, newest
from zashiki.models import Message, Room
from zashiki.streams import Event

log = logging.getLogger("zashiki.realtime.activity")

MIN_INTERVAL = 0.3  # seconds between two rings of one room
MESSAGES_LIMIT = 50  # messages in one ring; the position tells of the others


class _Author(msgspec.Struct):
    id: str


class _Thread(msgspec.Struct):
    id: int
    position: int


class _Summary(msgspec.Struct):
    position: int
    author: _Author
    mentions: list[str]
    deleted: bool
    edited_at: str | None
    thread: _Thread | None
    replies: dict[str, Any] | None

    def summary(self) -> dict[str, Any]:
        thread = None if self.thread is None else {"id": self.thread.id, "position": self.thread.position}
        return _summary(self.position, self.author.id, self.mentions, thread)


class _Posted(msgspec.Struct):
    message: _Summary | None = None


_COLUMNS = ("position", "author_key", "mentions", "thread_id", "thread__position")
_posted = msgspec.json.Decoder(_Posted)


class _RoomActivity:
    """One room's.

    Attributes:
        position: the newest that was rung for, or is about to be.
        whole: everything up to it was rung for; what is missing above it may be on its way, or lost.
        beyond: positions above that were rung for.
        spoken: what the next ring tells, by position.
        deleted: positions of messages of whose deletion the next ring tells.
    """

    def __init__(self, position: int) -> None:
        self.position = self.contiguous = position
        self.out_of_order: set[int] = set()
        self.connections: set[Connection] = set()
        self.pending: dict[int, dict[str, Any]] = {}
        self.deleted: set[int] = set()
        self.timer: asyncio.TimerHandle | None = None
        self.needs_flush = False

    def add_event(self, position: int) -> bool:
        """Something was said at a position. False: it is known."""
        if position <= self.contiguous or position in self.out_of_order:
            return False
        self.position = max(self.position, position)
        self.out_of_order.add(position)
        while self.contiguous + 1 in self.out_of_order:
            self.contiguous += 1
            self.out_of_order.discard(self.contiguous)
        return True

    def reconcile(self, position: int, spoken: Mapping[int, dict[str, Any]], deleted: Iterable[int]) -> None:
        """The table says what was said up to a position, and what of it was deleted."""
        self.position, self.needs_flush = max(self.position, position), True
        self.contiguous = position
        self.out_of_order = {each for each in self.out_of_order if each > position}
        self.pending.update(spoken)
        self.deleted.update(deleted)


class Activity:
    """The activities of a process.

    Args:
        in_thread: runs a synchronous function and returns its result.
    """

    def __init__(self, hub: Hub, in_thread: Callable[..., Awaitable[Any]]) -> None:
        self._hub = hub
        self._run_in_thread = in_thread
        self._loop = asyncio.get_running_loop()
        self._rooms: dict[int, _RoomActivity] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def subscribe(self, room_id: int, position: int, connection: Connection) -> None:
        """Let a connection hear a room's activity, from a position on.

        Args:
            position: the room's newest, as the connection knows it.
        """
        if connection.closed:
            return
        activity = self._rooms.get(room_id)
        if activity is None:
            activity = self._rooms[room_id] = _RoomActivity(position)
            self._hub.watch(f"room.{room_id}")
        activity.connections.add(connection)
        self._hub.add(topic_of(room_id), connection)
        if position < activity.position:
            connection.send(
                _activity_event(room_id, activity.position, [], [])
            )  # it rang while the table was read

    def unsubscribe(self, room_id: int, connection: Connection) -> None:
        """No fault if it does not listen."""
        activity = self._rooms.get(room_id)
        if activity is None or connection not in activity.connections:
            return
        self._hub.unsubscribe(topic_of(room_id), connection)
        activity.connections.discard(connection)
        if not activity.connections:
            self._forget(room_id, activity)

    def on_events(self, room_id: int, events: Iterable[Event], head: int = 0) -> None:
        """Changes of a room were stored, here or elsewhere."""
        activity = self._rooms.get(room_id)
        if activity is None:
            return
        known = 0
        for event in events:
            known += 1
            if event.message_id:
                self._add_event(activity, event)
        if not known:  # too much to be told: the table has it
            self._start(self.reconcile([room_id]))
        self._schedule_flush(room_id, activity)

    async def reconcile(self, room_ids: Iterable[int] | None = None) -> None:
        """Compare what was rung with what is stored. To be called by the heartbeat.

        Args:
            room_ids: ``None`` for all.
        """
        wanted = self._rooms if room_ids is None else set(room_ids) & self._rooms.keys()
        if not wanted:
            return
        asked = {room_id: self._rooms[room_id] for room_id in wanted}
        missed = await self._run_in_thread(
            _missed, {room_id: activity.contiguous for room_id, activity in asked.items()}
        )
        for room_id, (position, spoken, deleted) in missed.items():
            activity = asked[room_id]
            # Another one in its place may be of a later epoch, for which this answer is wrong.
            if self._rooms.get(room_id) is activity and position > activity.contiguous:
                activity.reconcile(position, spoken, deleted)
                self._schedule_flush(room_id, activity)

    def reset(self) -> None:
        """The rooms' clocks were set back: have everybody ask for their rooms again."""
        for room_id, activity in list(self._rooms.items()):
            for connection in list(activity.connections):
                connection.send(wire.event("rooms_changed"))
                self.unsubscribe(room_id, connection)

    def close(self) -> None:
        for room_id, activity in list(self._rooms.items()):
            self._forget(room_id, activity)
        for task in self._tasks:
            task.cancel()

    # Private

    def _add_event(self, activity: _RoomActivity, event: Event) -> None:
        spoken = _posted.decode(event.payload).message
        if spoken is None:
            return
        is_new = activity.add_event(event.position)
        # Whose thread it is that was answered in is told with the answer, and is no reason to ring by itself.
        is_answered = spoken.replies is not None and activity.needs_flush
        if not (is_new or spoken.deleted or spoken.edited_at or is_answered):
            return
        if spoken.deleted:
            activity.deleted.add(event.position)
        activity.pending[event.position] = spoken.summary()
        activity.needs_flush = True

    def _schedule_flush(self, room_id: int, activity: _RoomActivity) -> None:
        if activity.needs_flush and activity.timer is None:
            self._flush(room_id, activity)

    def _flush(self, room_id: int, activity: _RoomActivity) -> None:
        activity.timer = None
        if not activity.needs_flush:
            return
        spoken = sorted(activity.pending.values(), key=lambda each: (not each["mentions"], -each["position"]))
        payload = _activity_event(
            room_id, activity.position, spoken[:MESSAGES_LIMIT], newest(activity.deleted)
        )
        activity.pending, activity.deleted, activity.needs_flush = {}, set(), False
        self._hub.publish(topic_of(room_id), payload, ephemeral=True)
        activity.timer = self._loop.call_later(MIN_INTERVAL, self._flush, room_id, activity)

    def _forget(self, room_id: int, activity: _RoomActivity) -> None:
        if activity.timer is not None:
            activity.timer.cancel()
        del self._rooms[room_id]
        self._hub.unwatch(f"room.{room_id}")

    def _start(self, work: Any) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (fault := task.exception()):
            log.warning("a activity could not be healed; the next heartbeat will: %s", fault)


def topic_of(room_id: int) -> str:
    return f"activity.{room_id}"


def _summary(
    position: int, author: str, mentions: list[str], thread: dict[str, int] | None
) -> dict[str, Any]:
    return {"position": position, "author": author, "mentions": mentions, "thread": thread}


def _activity_event(room_id: int, position: int, spoken: list[dict[str, Any]], deleted: list[int]) -> bytes:
    return wire.event("activity", room=room_id, position=position, messages=spoken, deleted=deleted)


def _missed(known: Mapping[int, int]) -> dict[int, tuple[int, dict[int, dict[str, Any]], list[int]]]:
    """For rooms that are further than known: the position, what was said newest, by position, and what of the rest was deleted."""
    missed = {}
    for room_id, position in Room.objects.filter(pk__in=list(known)).values_list("pk", "position"):
        if position > known[room_id]:
            rows = Message.objects.filter(room_id=room_id, position__gt=known[room_id]).order_by("-position")
            spoken = {
                at: _summary(at, author, mentions, {"id": root, "position": root_at} if root else None)
                for at, author, mentions, root, root_at in rows.values_list(*_COLUMNS)[:MESSAGES_LIMIT]
            }
            missed[room_id] = position, spoken, deleted_after(room_id, known[room_id])
    return missed
