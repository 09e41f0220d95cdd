"""The writer of a process: commands wait together, are stored together, are answered after the commit."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError, connections, router, transaction
from django.db.models import F

from zashiki.database_threads import DatabaseThreads
from zashiki.errors import Busy, Unavailable, ZashikiError
from zashiki.models import SystemState, Versioned
from zashiki.writer.changes import Change
from zashiki.writer.store import Outcome, store

log = logging.getLogger("zashiki.writer")

FIRST_PAUSE = 0.05  # seconds between two tries of a database that is away; doubled up to
LONGEST_PAUSE = 1.0


@dataclass(slots=True, eq=False)
class PendingWrite:
    """A change, who waits for it, and until when (`time.monotonic`)."""

    change: Change
    answer: asyncio.Future[Any]
    until: float


class Writer:
    """Stores changes for the sockets of one event loop, by one thread with one database connection.

    There is no delay when idle: the first change starts a transaction at once, and those that arrive while it runs share the next one.

    Args:
        announce: called on the loop after each commit with the messages that took a new version, before anybody is answered.
        batch: most changes in one transaction.
        limit: changes that may wait; one more is refused as busy.
        patience: seconds that a change waits for a database that is away.
    """

    def __init__(
        self,
        publish: Callable[[list[Versioned]], None],
        *,
        batch: int = 256,
        limit: int = 4096,
        timeout: float = 10.0,
    ) -> None:
        self._publish = publish
        self._batch = batch
        self._limit = limit
        self._timeout = timeout
        self._waiting: deque[PendingWrite] = deque()
        self._in_flight: list[PendingWrite] = []  # what the thread has in hand
        self._expiry_timer: asyncio.TimerHandle | None = None  # rings when the oldest has waited for too long
        self._thread = DatabaseThreads(1, "zashiki-writer")
        self._task: asyncio.Task[None] | None = None

    def submit(self, change: Change) -> asyncio.Future[Any]:
        """Have a change stored.

        Returns:
            Resolves after the commit with what became of it, such as the message as stored. A repeated post resolves with the message stored first.

        Raises:
            Busy: too many are waiting; nothing will be stored.
        """
        if len(self._waiting) >= self._limit:
            raise Busy(retry_after=1)
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Any] = loop.create_future()
        self._waiting.append(PendingWrite(change, answer, time.monotonic() + self._timeout))
        if self._expiry_timer is None:
            self._expiry_timer = loop.call_later(self._timeout, self._fail_expired)
        if self._task is None:
            self._task = loop.create_task(self._run(), name="zashiki writer")
        return answer

    async def close(self) -> None:
        """Store what waits, as far as the database is there in time, then end the thread."""
        if self._task is not None:
            await asyncio.wait([self._task], timeout=2 * self._timeout)
        if self._expiry_timer is not None:
            self._expiry_timer.cancel()
        await asyncio.to_thread(self._thread.close)

    def close_thread(self) -> None:
        """End the thread without the loop, which has ended: what waits there is not stored."""
        self._thread.close()

    # Private

    async def _run(self) -> None:
        try:
            while self._waiting:
                self._in_flight = [
                    self._waiting.popleft() for _ in range(min(self._batch, len(self._waiting)))
                ]
                await self._store()
        finally:
            self._in_flight = []
            self._task = None

    async def _store(self) -> None:
        pause = FIRST_PAUSE
        loop = asyncio.get_running_loop()
        store_now = _store_together
        while self._in_flight:
            together = self._in_flight
            try:
                outcomes, changed = await loop.run_in_executor(
                    self._thread, store_now, [each.change for each in together]
                )
            except (OperationalError, InterfaceError) as fault:
                outcomes, changed = [], []
                log.warning("database away, %d commands wait: %s", len(together), str(fault).strip())
            except Exception as fault:  # a fault of ours must answer its commands, not stop the writer
                log.exception("a batch of %d commands failed", len(together))
                return _answer(together, [fault] * len(together))
            if outcomes:
                self._publish_changed(changed)
            _answer(together[: len(outcomes)], outcomes)
            if len(outcomes) == len(together):
                return
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
            store_now = (
                _store_each  # it may be the fault of one of them: the database of a policy, for instance
            )
            self._in_flight = [each for each in together[len(outcomes) :] if not each.answer.done()]

    def _publish_changed(self, changed: list[Versioned]) -> None:
        try:
            self._publish(changed)
        except (
            Exception
        ):  # they are stored, and those who wait must know; the heartbeat shows what was not announced
            log.exception("could not announce %d changes", len(changed))

    def _fail_expired(self) -> None:
        """Nobody waits for longer than promised, not even while the thread hangs on a database that does not answer."""
        now = time.monotonic()
        while self._waiting and self._waiting[0].until <= now:
            _fail(self._waiting.popleft())
        for each in self._in_flight:
            if each.until <= now:
                _fail(each)
        left = [each.until for each in (*self._in_flight, *self._waiting) if each.until > now]
        loop = asyncio.get_running_loop()
        self._expiry_timer = loop.call_later(min(left) - now, self._fail_expired) if left else None


def _store_together(changes: Sequence[Change]) -> tuple[list[Outcome], list[Versioned]]:
    # The connection is kept whatever CONN_MAX_AGE says: opening one costs more than storing a batch.
    try:
        return store(changes)
    except (OperationalError, InterfaceError):
        connections.close_all()
        raise


def _store_each(changes: Sequence[Change]) -> tuple[list[Outcome], list[Versioned]]:
    """Store one change after the other, up to the first that finds no database.

    Returns:
        the outcomes of those before it, and the rows that changed. A change that finds none while there is one is at fault itself and has failed.
    """
    outcomes: list[Outcome] = []
    changed: list[Versioned] = []
    for change in changes:
        try:
            [outcome], stored = _store_together([change])
        except (OperationalError, InterfaceError) as fault:
            if not _database_works():
                break
            log.error("a command was given up, while the database works: %s", str(fault).strip())
            outcome, stored = Unavailable(retry_after=2), []
        outcomes.append(outcome)
        changed += stored
    return outcomes, changed


def _database_works() -> bool:
    """Whether the database takes a write now; a disk that is full and a lock that another holds count as no."""
    using = router.db_for_write(SystemState)
    try:
        with transaction.atomic(using=using):
            SystemState.objects.using(using).update(permissions_version=F("permissions_version"))
    except DatabaseError:
        connections.close_all()
        return False
    return True


def _fail(waiting: PendingWrite) -> None:
    if not waiting.answer.done():
        waiting.answer.set_exception(Unavailable(retry_after=2))


def _answer(together: list[PendingWrite], outcomes: Sequence[Outcome]) -> None:
    for waiting, outcome in zip(together, outcomes, strict=True):
        if waiting.answer.done():
            continue
        if isinstance(outcome, ZashikiError):
            waiting.answer.set_exception(outcome)
        elif isinstance(outcome, Exception):
            log.error("a command could not be stored: %r", outcome)
            waiting.answer.set_exception(ZashikiError())
        else:
            waiting.answer.set_result(outcome)
