"""What one process has one of: its feeds, its writer, who sits here, and the heartbeat that makes up for a forgetful layer.

One `Process` per event loop; `current` makes it on first use. It is closed with the loop's sockets (`close`), or when its loop ends (`abandon`).
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable
from typing import Any

from django.db import InterfaceError, OperationalError, connections

from zashiki import conf, seating
from zashiki.bells import Bells
from zashiki.confined.pool import close_all as close_confined
from zashiki.database_threads import DatabaseThreads
from zashiki.feed import Feeds, announce, table
from zashiki.feed.feeds import PREFIX
from zashiki.mentions import People, people_called
from zashiki.presence import Presence
from zashiki.render_queue import RenderQueue
from zashiki.sittings import Sittings
from zashiki.writer import Change, Writer

log = logging.getLogger("zashiki.process")

READERS = 4  # threads that ask the database on behalf of sockets


class Process:
    """Attributes:
    epoch: the database's word, as last read; empty before the first heartbeat.
    """

    def __init__(self) -> None:
        self.seating = seating.current()
        self.epoch = ""
        self._is_closing = False
        self._readers = DatabaseThreads(READERS, "zashiki-reader")
        self.bells = Bells(self.seating, self.in_thread)
        self.feeds = Feeds(self.seating, self.in_thread, self.bells.hear)
        announce.register(self.feeds)
        self.writer = Writer(
            self.feeds.announce,
            batch=conf.get("WRITE_BATCH"),
            limit=conf.get("WRITE_QUEUE"),
            patience=conf.get("WRITE_PATIENCE"),
        )
        self.rendering = RenderQueue()
        self.presence = Presence(self.seating, self._ring_presence, secrets.token_hex(8))
        self.sittings = Sittings(self.seating, self.in_thread, self.presence)
        self.seating.listen(PREFIX, self._rung)
        self._heart = asyncio.create_task(self._live(), name="zashiki heartbeat")

    async def in_thread(self, function: Callable[..., Any], *args: Any) -> Any:
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
            called = await self.in_thread(_called, change)
            await self.rendering.run(change.payer, change.prepare, called)
        return self.writer.submit(change)

    async def ready(self) -> None:
        """Returns when the epoch and the clock of rights are known."""
        if not self.epoch:
            self.epoch, rights = await self.in_thread(table.house)
            self.sittings.start(rights)

    async def heartbeat(self) -> None:
        """Compare what is shown and seated here with what is stored. (The relay joins its groups again by itself.)"""
        self.presence.beat()
        await self.ready()
        rooms = {feed.room_id: feed for feed in self.feeds}
        shown = {room_id: feed.version for room_id, feed in rooms.items()}
        heads = await self.in_thread(table.heads, rooms)
        if any(head < shown[room_id] for room_id, head in heads.items()):
            log.warning("the rooms' clocks were set back, as by a restored backup: beginning a new epoch")
            await self.in_thread(table.begin_new_epoch, self.epoch)
        epoch, rights = await self.in_thread(table.house)
        if epoch != self.epoch:
            await self._begin_again(epoch, rights)
        for room_id, head in heads.items():
            rooms[room_id].hear((), head)
        await self.bells.heal()
        await self.sittings.heed(rights)
        await self.sittings.check_accounts()

    async def close(self) -> None:
        self._is_closing = True
        self._heart.cancel()
        self.presence.close()
        await self.writer.close()
        self.rendering.close()
        self.bells.close()
        self.feeds.close()
        await self.seating.close()
        await asyncio.to_thread(self._readers.close)
        await asyncio.to_thread(close_confined)

    def abandon(self) -> None:
        """End the threads and their connections without the loop, which ends or has ended. Nothing that waits is stored."""
        if not self._is_closing:
            self._is_closing = True
            self.writer.close_thread()
            self.rendering.close()
            self._readers.close()

    async def _begin_again(self, epoch: str, rights: int) -> None:
        """Everything that is shown is shown anew, as the table has it, to those who may see it by what the table says."""
        for feed in self.feeds:
            await feed.restart()
        await self.sittings.set_back(rights)
        self.epoch = epoch  # last: if any of this could not be done, the next heartbeat begins once more
        self.sittings.begin_again()
        self.bells.begin_again()

    def _rung(self, topic: str, message: dict[str, Any]) -> None:
        room_id = int(topic.removeprefix(PREFIX))
        if "presence" in message:
            self.presence.heard(room_id, message["presence"])
        else:
            self.feeds.rung(room_id, message)

    def _ring_presence(self, room_id: int, message: dict[str, Any]) -> None:
        seating.ring(f"{PREFIX}{room_id}", {"presence": message})

    async def _live(self) -> None:
        try:
            await self._beat()
        finally:
            self.abandon()  # whoever ends a loop cancels its tasks: a server without lifespan, a test of a site

    async def _beat(self) -> None:
        healthy = True
        while True:
            await asyncio.sleep(conf.get("HEARTBEAT"))
            try:
                await self.heartbeat()
                healthy = True
            except Exception as fault:
                if healthy:
                    log.exception("heartbeat failed: %s", fault)
                healthy = False


_processes: dict[asyncio.AbstractEventLoop, Process] = {}


def current() -> Process:
    """The running loop's process."""
    loop = asyncio.get_running_loop()
    if loop not in _processes:
        _abandon_ended()
        _processes[loop] = Process()
    return _processes[loop]


async def close_current() -> None:
    """Close the running loop's process, if it has one."""
    found = _processes.pop(asyncio.get_running_loop(), None)
    if found is not None:
        await found.close()


def _called(change: Change) -> People:
    called = change.called()
    return people_called(called) if called else {}


def _abandon_ended() -> None:
    """Close what belongs to loops that have ended without saying so."""
    for loop in [loop for loop in _processes if loop.is_closed()]:
        _processes.pop(loop).abandon()


def _with_connection(function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    """Keeps each thread's connection open, and tries once more with a new one: the old one may have died unnoticed."""
    try:
        return function(*args)
    except (OperationalError, InterfaceError):
        connections.close_all()
        return function(*args)
