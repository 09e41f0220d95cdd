"""What one process has one of: its streams, its writer, who sits here, and the heartbeat that makes up for a forgetful layer.

One `Process` per event loop; `current` makes it on first use. It is closed with the loop's sockets (`close`), or when its loop ends (`abandon`).
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable
from typing import Any

from django.db import InterfaceError, OperationalError, connections

from zashiki import conf, hub
from zashiki.database_threads import DatabaseThreads
from zashiki.messages.mention_marker import Resolved
from zashiki.messages.mentions import resolve_mentions
from zashiki.messages.render_queue import RenderQueue
from zashiki.realtime.activity import Activity
from zashiki.realtime.presence import Presence
from zashiki.realtime.subscriptions import Subscriptions
from zashiki.sandbox.pool import close_all as close_confined
from zashiki.streams import RoomStreams, publishing, queries
from zashiki.streams.streams import PREFIX
from zashiki.writer import Change, Writer

log = logging.getLogger("zashiki.realtime.runtime")

READERS = 4  # threads that ask the database on behalf of sockets


class Runtime:
    """Attributes:
    epoch: the database's word, as last read; empty before the first heartbeat.
    """

    def __init__(self) -> None:
        self.hub = hub.get_hub()
        self.epoch = ""
        self._is_closing = False
        self._readers = DatabaseThreads(READERS, "zashiki-reader")
        self.activity = Activity(self.hub, self.run_in_thread)
        self.streams = RoomStreams(self.hub, self.run_in_thread, self.activity.on_events)
        publishing.register(self.streams)
        self.writer = Writer(
            self.streams.publish,
            batch=conf.get("WRITE_BATCH_SIZE"),
            limit=conf.get("WRITE_QUEUE_SIZE"),
            timeout=conf.get("WRITE_TIMEOUT"),
        )
        self.rendering = RenderQueue()
        self.presence = Presence(self.hub, self._notify_presence, secrets.token_hex(8))
        self.subscriptions = Subscriptions(self.hub, self.run_in_thread, self.presence)
        self.hub.on_notification(PREFIX, self._on_notification)
        self._heartbeat_task = asyncio.create_task(self._live(), name="zashiki heartbeat")

    async def run_in_thread(self, function: Callable[..., Any], *args: Any) -> Any:
        """The result of a synchronous function that may use the database."""
        return await asyncio.get_running_loop().run_in_executor(
            self._readers, _with_connection, function, args
        )

    async def submit(self, change: Change) -> asyncio.Future[Any]:
        """Hand a change to the writer; returns as soon as it waits there, with the future of `Writer.submit`.

        A text that takes long to render is rendered before, at the cost of who awaits this. Whoever awaits it for one change after the other
        has them stored in that order.

        Raises:
            Busy: too many are waiting; nothing will be stored.
        """
        if change.is_heavy:
            called = await self.run_in_thread(_called, change)
            await self.rendering.run(change.payer, change.prepare, called)
        return self.writer.submit(change)

    async def ready(self) -> None:
        """Returns when the epoch and the clock of rights are known."""
        if not self.epoch:
            self.epoch, rights = await self.run_in_thread(queries.system_state)
            self.subscriptions.start_at(rights)

    async def heartbeat(self) -> None:
        """Compare what is shown and seated here with what is stored. (The relay joins its groups again by itself.)"""
        self.presence.heartbeat()
        await self.ready()
        rooms = {stream.room_id: stream for stream in self.streams}
        shown = {room_id: stream.version for room_id, stream in rooms.items()}
        heads = await self.run_in_thread(queries.current_versions, rooms)
        if any(head < shown[room_id] for room_id, head in heads.items()):
            log.warning("the rooms' clocks were set back, as by a restored backup: beginning a new epoch")
            await self.run_in_thread(queries.begin_new_epoch, self.epoch)
        epoch, rights = await self.run_in_thread(queries.system_state)
        if epoch != self.epoch:
            await self._reset(epoch, rights)
        for room_id, head in heads.items():
            rooms[room_id].on_events((), head)
        await self.activity.reconcile()
        await self.subscriptions.apply_changes_up_to(rights)
        await self.subscriptions.close_ended_sessions()

    async def close(self) -> None:
        self._is_closing = True
        self._heartbeat_task.cancel()
        self.presence.close()
        await self.writer.close()
        self.rendering.close()
        self.activity.close()
        self.streams.close()
        await self.hub.close()
        await asyncio.to_thread(self._readers.close)
        await asyncio.to_thread(close_confined)

    def abandon(self) -> None:
        """End the threads and their connections without the loop, which ends or has ended. Nothing that waits is stored."""
        if not self._is_closing:
            self._is_closing = True
            self.writer.close_thread()
            self.rendering.close()
            self._readers.close()

    async def _reset(self, epoch: str, rights: int) -> None:
        """Everything that is shown is shown anew, as the table has it, to those who may see it by what the table says."""
        for stream in self.streams:
            await stream.reset()
        await self.subscriptions.reset(rights)
        self.epoch = epoch  # last: if any of this could not be done, the next heartbeat begins once more
        self.subscriptions.reset_all()
        self.activity.reset()

    def _on_notification(self, topic: str, message: dict[str, Any]) -> None:
        room_id = int(topic.removeprefix(PREFIX))
        if "presence" in message:
            self.presence.on_peer_message(room_id, message["presence"])
        else:
            self.streams.on_notification(room_id, message)

    def _notify_presence(self, room_id: int, message: dict[str, Any]) -> None:
        hub.notify(f"{PREFIX}{room_id}", {"presence": message})

    async def _live(self) -> None:
        try:
            await self._run_heartbeat()
        finally:
            self.abandon()  # whoever ends a loop cancels its tasks: a server without lifespan, a test of a site

    async def _run_heartbeat(self) -> None:
        healthy = True
        while True:
            await asyncio.sleep(conf.get("HEARTBEAT_INTERVAL"))
            try:
                await self.heartbeat()
                healthy = True
            except Exception as fault:
                if healthy:
                    log.exception("heartbeat failed: %s", fault)
                healthy = False


_runtimes: dict[asyncio.AbstractEventLoop, Runtime] = {}


def get_runtime() -> Runtime:
    """The running loop's process."""
    loop = asyncio.get_running_loop()
    if loop not in _runtimes:
        _abandon_ended()
        _runtimes[loop] = Runtime()
    return _runtimes[loop]


async def close_runtime() -> None:
    """Close the running loop's process, if it has one."""
    found = _runtimes.pop(asyncio.get_running_loop(), None)
    if found is not None:
        await found.close()


def _called(change: Change) -> Resolved:
    called = change.mention_candidates()
    return resolve_mentions(called) if called else {}


def _abandon_ended() -> None:
    """Close what belongs to loops that have ended without saying so."""
    for loop in [loop for loop in _runtimes if loop.is_closed()]:
        _runtimes.pop(loop).abandon()


def _with_connection(function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    """Keeps each thread's connection open, and tries once more with a new one: the old one may have died unnoticed."""
    try:
        return function(*args)
    except (OperationalError, InterfaceError):
        connections.close_all()
        return function(*args)
