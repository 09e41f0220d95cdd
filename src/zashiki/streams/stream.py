"""A room's live edge in this process: the next version is shown, a gap is filled from the table first."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from zashiki.hub import Hub
from zashiki.streams import queries
from zashiki.streams.catch_up import CatchUp, newest_messages
from zashiki.streams.event import Event
from zashiki.streams.recent_events import RecentEvents

log = logging.getLogger("zashiki.streams")

RECENT_LIMIT = 256  # messages whose newest state is kept in memory per room with connections
FILL_LIMIT = 500  # changes asked of the table at once
EARLY_LIMIT = 256  # events held back while an earlier one is on its way
EARLY_WAIT = 0.05  # seconds to wait for it before asking the table
RETRY_PAUSE = 0.5  # seconds before the table is asked again after it could not be

RunInThread = Callable[..., Awaitable[Any]]


class RoomStream:
    """One room with connections.

    Args:
        in_thread: runs a synchronous function of `table` and returns its result.
        hub: where the connections of the room are.

    Attributes:
        version: everything up to it has been shown to the connections.
        position: the newest message's that has been shown.
        state: of the room itself, as last shown; ``None`` while it is as it was made.
    """

    def __init__(self, room_id: int, hub: Hub, run_in_thread: RunInThread) -> None:
        self.room_id = room_id
        self.topic = f"room.{room_id}"
        self.tutorial_topic = f"{self.topic}.tutorial"
        self.version = 0
        self.position = 0
        self.state: Event | None = None
        self.recent = RecentEvents(RECENT_LIMIT)
        self._hub = hub
        self._run_in_thread = run_in_thread
        self._latest_known = 0  # the largest version somebody spoke of
        self._resets = 0  # what was asked before a reset and is answered after it is dropped
        self._early: dict[int, Event] = {}
        self._opening: asyncio.Task[None] | None = None
        self._filling: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None

    # Opening and closing

    async def open(self) -> None:
        """Returns when the stream is at the room's edge. Many may wait for the one opening; a failed one can be tried again."""
        if self._opening is None or (self._opening.done() and self._failed(self._opening)):
            self._opening = asyncio.create_task(self._open(), name=f"open {self.topic}")
        await asyncio.shield(self._opening)

    async def reset(self) -> None:
        """Take the table's word for everything, as after a restored backup. The connections must be caught up anew."""
        try:
            loaded = await self._run_in_thread(queries.newest_changes, self.room_id, RECENT_LIMIT)
        except ObjectDoesNotExist:  # it was made after the backup; nobody has a right to it
            loaded = queries.LoadedEvents([], 0, 0, True)
        self._resets += 1
        self._apply(loaded)

    def close(self) -> None:
        for task in (self._opening, self._filling):
            if task is not None:
                task.cancel()
        if self._timer is not None:
            self._timer.cancel()

    # Hearing of changes

    def on_events(self, events: Iterable[Event], head: int = 0) -> None:
        """Somebody speaks of changes; the next ones are shown, what is old is dropped, a gap is filled first.

        Args:
            events: in any order, possibly again.
            head: the room's version as far as the speaker knows.
        """
        if not self._is_open():
            self._latest_known = max([self._latest_known, head, *(event.version for event in events)])
            return
        for event in events:
            self._latest_known = max(self._latest_known, event.version)
            if event.version == self.version + 1:
                self._publish(event)
                self._publish_early()
            elif event.version > self.version and len(self._early) < EARLY_LIMIT:
                self._early[event.version] = event
        self._latest_known = max(self._latest_known, head)
        if self._latest_known > self.version:
            self._fill_soon()

    # Subscription down

    async def load_catch_up(self, since: int | None, page_size: int, limit: int) -> CatchUp:
        """What somebody needs who saw everything up to `since`. May be out of date when it returns: `bring_to_head` says so.

        Args:
            since: ``None`` for somebody who saw nothing, or nothing of this epoch.
            limit: most changes; who missed more gets the newest page.
        """
        while True:
            resets = self._resets
            page = await self._load_catch_up(since, page_size, limit)
            if resets == self._resets:
                return page
            since = None

    async def bring_to_head(self, page: CatchUp) -> bool:
        """Bring a page to the stream's edge. True: it is there, and nothing has been awaited since; False: begin again."""
        resets = self._resets
        while page.version != self.version:
            if page.version > self.version:
                self.on_events((), page.version)
                await self._filled()
                if page.version > self.version:  # the table could not be read, or was set back
                    await asyncio.sleep(EARLY_WAIT)
                    return False
                if resets != self._resets:
                    return False
            missed = self.recent.since(page.version)
            if missed is None:
                await asyncio.sleep(
                    EARLY_WAIT
                )  # much was said meanwhile; or the table was set back, and the heart has yet to find out
                return False
            page.extend(missed, self.version)
        return True

    # Private

    async def _load_catch_up(self, since: int | None, page_size: int, limit: int) -> CatchUp:
        if since is not None and since > self.version:
            self.on_events((), since)  # another process may have shown what we have not heard of yet
            await self._filled()
        if since is None or since > self.version:
            return await self._newest(page_size)
        events = self.recent.since(since)
        if events is not None:
            return CatchUp(events, self.version) if len(events) <= limit else await self._newest(page_size)
        loaded = await self._run_in_thread(queries.changes_since, self.room_id, since, limit)
        return CatchUp(loaded.events, loaded.version) if loaded.complete else await self._newest(page_size)

    @staticmethod
    def _failed(task: asyncio.Task[None]) -> bool:
        return task.cancelled() or task.exception() is not None

    def _is_open(self) -> bool:
        return self._opening is not None and self._opening.done() and not self._failed(self._opening)

    async def _open(self) -> None:
        resets = self._resets
        loaded = await self._run_in_thread(queries.newest_changes, self.room_id, RECENT_LIMIT)
        if resets == self._resets:
            self._apply(loaded)
        if self._latest_known > self.version:
            asyncio.get_running_loop().call_soon(self.on_events, ())

    def _apply(self, loaded: queries.LoadedEvents) -> None:
        floor = 0 if loaded.complete else loaded.events[0].version - 1
        self.recent.reset(loaded.events, floor)
        self.version, self.position, self.state = loaded.version, loaded.position, loaded.state
        self._early.clear()

    async def _newest(self, size: int) -> CatchUp:
        events = self.recent.newest(size, self.position)
        if events is not None:
            more = bool(events) and events[0].position > 1
            return newest_messages(events, self.state, self.version, more)
        loaded = await self._run_in_thread(queries.newest_messages, self.room_id, size)
        return newest_messages(loaded.events, loaded.state, loaded.version, not loaded.complete)

    def _publish(self, event: Event) -> None:
        self.version = event.version
        if event.is_state:
            self.state = event
        is_new = event.position > self.position
        self.position = max(self.position, event.position)
        self.recent.add(event)
        self._hub.publish(self.topic, event.payload)
        if is_new and self._hub.connections(self.tutorial_topic):
            payload = event.tutorial_payload()
            if payload is not None:
                self._hub.publish(self.tutorial_topic, payload)

    def _publish_early(self) -> None:
        while event := self._early.pop(self.version + 1, None):
            self._publish(event)
        if self._early and min(self._early) <= self.version:
            self._early = {version: event for version, event in self._early.items() if version > self.version}

    def _fill_soon(self) -> None:
        """Neighbours of two processes often arrive in the wrong order: give the missing one a moment."""
        if self._filling is None and self._timer is None:
            wait = EARLY_WAIT if self._early else 0
            self._timer = asyncio.get_running_loop().call_later(wait, self._fill_now)

    def _fill_now(self) -> None:
        self._timer = None
        if self._latest_known > self.version and self._filling is None:
            self._filling = asyncio.create_task(self._fill(), name=f"fill {self.topic}")

    async def _filled(self) -> None:
        """Returns when everything that was heard of has been shown, or is known not to exist."""
        if self._timer is not None:
            self._timer.cancel()
            self._fill_now()
        if self._filling is not None:
            await asyncio.shield(self._filling)

    async def _fill(self) -> None:
        try:
            while self._latest_known > self.version:
                await self._fill_once()
        except Exception:
            log.exception("could not fill the gap of %s after version %d", self.topic, self.version)
            asyncio.get_running_loop().call_later(RETRY_PAUSE, self.on_events, ())
        finally:
            self._filling = None

    async def _fill_once(self) -> None:
        wanted, resets = self._latest_known, self._resets
        loaded = await self._run_in_thread(queries.changes_since, self.room_id, self.version, FILL_LIMIT)
        if resets != self._resets:
            return
        for event in loaded.events:
            if event.version > self.version:
                self._publish(event)
        self.version = max(self.version, loaded.version)
        self._publish_early()
        if loaded.complete and self.version < wanted:  # it was spoken of, but it is not in the table
            self._latest_known = min(self._latest_known, self.version)
            self._early = {version: event for version, event in self._early.items() if version > wanted}
