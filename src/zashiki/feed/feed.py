"""A room's live edge in this process: the next version is shown, a gap is filled from the table first."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from zashiki.feed import table
from zashiki.feed.event import Event
from zashiki.feed.page import Page, newest_page
from zashiki.feed.window import Window
from zashiki.seating import Seating

log = logging.getLogger("zashiki.feed")

WINDOW = 256  # messages whose newest state is kept in memory per room with seats
FILL = 500  # changes asked of the table at once
EARLY_LIMIT = 256  # events held back while an earlier one is on its way
EARLY_WAIT = 0.05  # seconds to wait for it before asking the table
RETRY_PAUSE = 0.5  # seconds before the table is asked again after it could not be

InThread = Callable[..., Awaitable[Any]]


class Feed:
    """One room with seats.

    Args:
        in_thread: runs a synchronous function of `table` and returns its result.
        seating: where the seats of the room are.

    Attributes:
        version: everything up to it has been shown to the seats.
        position: the newest message's that has been shown.
        state: of the room itself, as last shown; ``None`` while it is as it was made.
    """

    def __init__(self, room_id: int, seating: Seating, in_thread: InThread) -> None:
        self.room_id = room_id
        self.topic = f"room.{room_id}"
        self.tutorial_topic = f"{self.topic}.tutorial"
        self.version = 0
        self.position = 0
        self.state: Event | None = None
        self.window = Window(WINDOW)
        self._seating = seating
        self._in_thread = in_thread
        self._heard = 0  # the largest version somebody spoke of
        self._early: dict[int, Event] = {}
        self._opening: asyncio.Task[None] | None = None
        self._filling: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None

    # Opening and closing

    async def open(self) -> None:
        """Returns when the feed is at the room's edge. Many may wait for the one opening; a failed one can be tried again."""
        if self._opening is None or (self._opening.done() and self._failed(self._opening)):
            self._opening = asyncio.create_task(self._open(), name=f"open {self.topic}")
        await asyncio.shield(self._opening)

    async def restart(self) -> None:
        """Take the table's word for everything, as after a restored backup. The seats must be caught up anew."""
        try:
            loaded = await self._in_thread(table.newest_changes, self.room_id, WINDOW)
        except ObjectDoesNotExist:  # it was made after the backup; nobody has a right to it
            loaded = table.Loaded([], 0, 0, True)
        self._take(loaded)

    def close(self) -> None:
        for task in (self._opening, self._filling):
            if task is not None:
                task.cancel()
        if self._timer is not None:
            self._timer.cancel()

    # Hearing of changes

    def hear(self, events: Iterable[Event], head: int = 0) -> None:
        """Somebody speaks of changes; the next ones are shown, what is old is dropped, a gap is filled first.

        Args:
            events: in any order, possibly again.
            head: the room's version as far as the speaker knows.
        """
        if not self._is_open():
            self._heard = max([self._heard, head, *(event.version for event in events)])
            return
        for event in events:
            self._heard = max(self._heard, event.version)
            if event.version == self.version + 1:
                self._show(event)
                self._show_early()
            elif event.version > self.version and len(self._early) < EARLY_LIMIT:
                self._early[event.version] = event
        self._heard = max(self._heard, head)
        if self._heard > self.version:
            self._fill_soon()

    # Sitting down

    async def arrive(self, since: int | None, page_size: int, limit: int) -> Page:
        """What somebody needs who saw everything up to `since`. May be out of date when it returns: `settle` says so.

        Args:
            since: ``None`` for somebody who saw nothing, or nothing of this epoch.
            limit: most changes; who missed more gets the newest page.
        """
        if since is not None and since > self.version:
            self.hear((), since)  # another process may have shown what we have not heard of yet
            await self._filled()
        if since is None or since > self.version:
            return await self._newest(page_size)
        events = self.window.since(since)
        if events is not None:
            return Page(events, self.version) if len(events) <= limit else await self._newest(page_size)
        loaded = await self._in_thread(table.changes_since, self.room_id, since, limit)
        return Page(loaded.events, loaded.version) if loaded.whole else await self._newest(page_size)

    async def settle(self, page: Page) -> bool:
        """Bring a page to the feed's edge. True: it is there, and nothing has been awaited since; False: begin again."""
        while page.version != self.version:
            if page.version > self.version:
                self.hear((), page.version)
                await self._filled()
                if page.version > self.version:  # the table could not be read, or was set back
                    await asyncio.sleep(EARLY_WAIT)
                    return False
            missed = self.window.since(page.version)
            if missed is None:
                await asyncio.sleep(
                    EARLY_WAIT
                )  # much was said meanwhile; or the table was set back, and the heart has yet to find out
                return False
            page.add(missed, self.version)
        return True

    # Private

    @staticmethod
    def _failed(task: asyncio.Task[None]) -> bool:
        return task.cancelled() or task.exception() is not None

    def _is_open(self) -> bool:
        return self._opening is not None and self._opening.done() and not self._failed(self._opening)

    async def _open(self) -> None:
        self._take(await self._in_thread(table.newest_changes, self.room_id, WINDOW))
        if self._heard > self.version:
            asyncio.get_running_loop().call_soon(self.hear, ())

    def _take(self, loaded: table.Loaded) -> None:
        floor = 0 if loaded.whole else loaded.events[0].version - 1
        self.window.reset(loaded.events, floor)
        self.version, self.position, self.state = loaded.version, loaded.position, loaded.state
        self._early.clear()

    async def _newest(self, size: int) -> Page:
        events = self.window.newest(size, self.position)
        if events is not None:
            more = bool(events) and events[0].position > 1
            return newest_page(events, self.state, self.version, more)
        loaded = await self._in_thread(table.newest_page, self.room_id, size)
        return newest_page(loaded.events, loaded.state, loaded.version, not loaded.whole)

    def _show(self, event: Event) -> None:
        self.version = event.version
        if event.is_state:
            self.state = event
        is_new = event.position > self.position
        self.position = max(self.position, event.position)
        self.window.add(event)
        self._seating.show(self.topic, event.payload)
        if is_new and self._seating.seats(self.tutorial_topic):
            payload = event.in_tutorial_dialect()
            if payload is not None:
                self._seating.show(self.tutorial_topic, payload)

    def _show_early(self) -> None:
        while event := self._early.pop(self.version + 1, None):
            self._show(event)
        if self._early and min(self._early) <= self.version:
            self._early = {version: event for version, event in self._early.items() if version > self.version}

    def _fill_soon(self) -> None:
        """Neighbours of two processes often arrive in the wrong order: give the missing one a moment."""
        if self._filling is None and self._timer is None:
            wait = EARLY_WAIT if self._early else 0
            self._timer = asyncio.get_running_loop().call_later(wait, self._fill_now)

    def _fill_now(self) -> None:
        self._timer = None
        if self._heard > self.version and self._filling is None:
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
            while self._heard > self.version:
                await self._fill_once()
        except Exception:
            log.exception("could not fill the gap of %s after version %d", self.topic, self.version)
            asyncio.get_running_loop().call_later(RETRY_PAUSE, self.hear, ())
        finally:
            self._filling = None

    async def _fill_once(self) -> None:
        wanted = self._heard
        loaded = await self._in_thread(table.changes_since, self.room_id, self.version, FILL)
        for event in loaded.events:
            if event.version > self.version:
                self._show(event)
        self.version = max(self.version, loaded.version)
        self._show_early()
        if loaded.whole and self.version < wanted:  # it was spoken of, but it is not in the table
            self._heard = min(self._heard, self.version)
            self._early = {version: event for version, event in self._early.items() if version > wanted}
