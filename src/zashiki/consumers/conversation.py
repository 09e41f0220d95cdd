"""What is the same in both dialects: sitting down, falling behind, catching up, losing a right."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from zashiki import conf
from zashiki.entry import Entry, enter, standing_of
from zashiki.errors import NotFound
from zashiki.feed import Feed, Page
from zashiki.limits import Payer
from zashiki.people import Person
from zashiki.process import Process
from zashiki.seating.seat import GOING_AWAY_FOR_NOW
from zashiki.sittings import Sitting

if TYPE_CHECKING:
    from zashiki.seating import Seat

log = logging.getLogger("zashiki.conversation")

NOTHING = -1  # the version before which somebody must be caught up whose whole view of the room is void
RETRY_PAUSE = 1.0  # seconds between two tries to catch up while the database is away

Answer = Callable[[Sitting, Page], None]


class Conversation(ABC):
    """One socket's talk with the house, whatever its dialect.

    Args:
        seat: the socket's outgoing side.
        close: closes the socket with a code and a reason.
        network: where it comes from, as `network_of` has it.
    """

    def __init__(
        self,
        process: Process,
        person: Person,
        session_key: str | None,
        seat: Seat,
        close: Callable[[int, str], None],
        network: str | None = None,
    ) -> None:
        self.process = process
        self.person = person
        self.session_key = session_key
        self.seat = seat
        self.payer = Payer(person, network)
        self._close = close
        self.bells: dict[int, int] = {}
        self._sittings: dict[int, Sitting] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._catching: set[Sitting] = set()
        seat.on_behind = self._fell_behind
        seat.on_drained = self._drained
        process.sittings.enter(self)

    @abstractmethod
    async def begin(self, room_name: str | None) -> None:
        """The socket has been accepted."""

    @abstractmethod
    async def hear(self, text: str) -> None:
        """The client says something."""

    def end(self) -> None:
        """The socket is gone: everything is left."""
        self.process.sittings.depart(self)
        for task in self._tasks:
            task.cancel()
        for sitting in list(self._sittings.values()):
            self.stand_up(sitting)

    # Sitting down and getting up

    async def sit_down(self, wanted: int | str, since: int | None, answer: Answer) -> Sitting:
        """Take a seat in a room: `answer` is called with what the client missed, and from there on it is live.

        Raises:
            ZashikiError: there is no such room, or none for this person.
        """
        rights, epoch = self.process.sittings.latest, self.process.epoch
        entry: Entry = await self.process.in_thread(enter, self.person, wanted, self.payer.pay_for_room)
        if entry.room_id in self._sittings:
            self.stand_up(self._sittings[entry.room_id])
        try:
            feed = await self.process.feeds.hold(entry.room_id)
            sitting = Sitting(self, self.seat, feed, rights, entry.standing, entry.room)
            page = await self._missed(sitting, since, epoch)
        except BaseException:
            self.process.feeds.release(entry.room_id)
            raise
        self._go_live(sitting, page, answer)
        return sitting

    def stand_up(self, sitting: Sitting) -> None:
        if self._sittings.get(sitting.room_id) is not sitting:
            return
        del self._sittings[sitting.room_id]
        self.process.sittings.remove(sitting)
        self.process.seating.leave(self.topic(sitting.feed), self.seat)
        self.process.feeds.release(sitting.room_id)

    @abstractmethod
    def topic(self, feed: Feed) -> str:
        """What this dialect listens to."""

    @abstractmethod
    def resume(self, sitting: Sitting, page: Page) -> None:
        """Say what was missed by a seat that was behind."""

    # What the process tells

    def lose_room(self, sitting: Sitting, code: str) -> None:
        self.stand_up(sitting)

    def lose_bell(self, room_id: int) -> None:
        """A dialect that has bells overrides this."""
        return None

    def know_right(self, sitting: Sitting) -> None:
        """A dialect that tells its client so overrides this."""
        return None

    def lose_all(self) -> None:
        self.end()
        self._close(4408, "signed out")

    def come_again(self) -> None:
        self.end()
        self._close(GOING_AWAY_FOR_NOW, "sign in again")

    def begin_again(self, sitting: Sitting) -> None:
        self.process.seating.leave(self.topic(sitting.feed), self.seat)
        sitting.late = NOTHING
        self._catch_up_soon(sitting)

    # Private

    async def _missed(self, sitting: Sitting, since: int | None, epoch: str) -> Page:
        """What somebody who saw everything up to `since` in an epoch must see before they are live. True for as long as nothing is awaited."""
        feed, sittings = sitting.feed, self.process.sittings
        while True:
            if epoch != self.process.epoch:
                since, epoch = None, self.process.epoch
            page: Page = await feed.arrive(since, conf.get("PAGE_SIZE"), conf.get("CATCH_UP_LIMIT"))
            if not await feed.settle(page) or epoch != self.process.epoch:
                continue
            if sitting.rights == sittings.latest:
                return page
            await self._ask_again(sitting)

    def _go_live(self, sitting: Sitting, page: Page, answer: Answer) -> None:
        self.process.seating.flush()
        if page.cut(conf.get("HIGH_MARK")) and not self.seat.behind:
            sitting.late = None
            self.process.seating.place(self.topic(sitting.feed), self.seat)
        else:
            sitting.late = page.version
        self._sittings[sitting.room_id] = sitting
        self.process.sittings.add(sitting)
        answer(sitting, page)
        if sitting.late is not None and not self.seat.behind:
            self._catch_up_soon(sitting)

    async def _ask_again(self, sitting: Sitting) -> None:
        sitting.rights = self.process.sittings.latest
        standing = await self.process.in_thread(standing_of, self.person, sitting.room_id)
        if not standing.can_read:
            raise NotFound
        sitting.standing = standing

    def _fell_behind(self, seat: Seat) -> None:
        for sitting in self._sittings.values():
            if sitting.late is None:
                sitting.late = sitting.feed.version
                self.process.seating.leave(self.topic(sitting.feed), seat)

    def _drained(self, seat: Seat) -> None:
        for sitting in self._sittings.values():
            if sitting.late is not None:
                self._catch_up_soon(sitting)

    def _catch_up_soon(self, sitting: Sitting) -> None:
        """One at a time for a sitting: a second would show what is newer before the first has shown what is older."""
        if sitting not in self._catching:
            self._catching.add(sitting)
            self._start(self._catch_up(sitting))

    async def _catch_up(self, sitting: Sitting) -> None:
        try:
            while sitting.late is not None and not self.seat.behind and self._sits(sitting):
                await self._try_to_catch_up(sitting)
        finally:
            self._catching.discard(sitting)

    async def _try_to_catch_up(self, sitting: Sitting) -> None:
        since = None if sitting.late == NOTHING else sitting.late
        try:
            sitting.rights = self.process.sittings.rights
            page = await self._missed(sitting, since, self.process.epoch)
            is_set_back = since is not None and sitting.late == NOTHING
            if self._sits(sitting) and not is_set_back:
                self._go_live(sitting, page, self.resume)
        except NotFound:
            self.lose_room(sitting, NotFound.code)
        except Exception:
            log.exception("could not catch up in room %d; trying again", sitting.room_id)
            await asyncio.sleep(RETRY_PAUSE)

    def _sits(self, sitting: Sitting) -> bool:
        return self._sittings.get(sitting.room_id) is sitting

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
