"""The writer of a process: commands wait together, are stored together, are answered after the commit."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import InterfaceError, OperationalError, connections

from zashiki.errors import Busy, Unavailable, ZashikiError
from zashiki.models import Changed
from zashiki.writer.changes import Change
from zashiki.writer.store import Outcome, store

log = logging.getLogger("zashiki.writer")

FIRST_PAUSE = 0.05  # seconds between two tries of a database that is away; doubled up to
LONGEST_PAUSE = 1.0


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
        self, announce: Callable[[list[Changed]], None], *, batch: int = 256, limit: int = 4096, patience: float = 10.0
    ) -> None:
        self._announce = announce
        self._batch = batch
        self._limit = limit
        self._patience = patience
        self._waiting: deque[tuple[Change, asyncio.Future[Any], float]] = deque()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="zashiki-writer")
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
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append((change, answer, time.monotonic() + self._patience))
        if self._task is None:
            self._task = asyncio.create_task(self._work(), name="zashiki writer")
        return answer

    async def close(self) -> None:
        """Store what waits, then end the thread."""
        if self._task is not None:
            await self._task
        await asyncio.get_running_loop().run_in_executor(self._thread, connections.close_all)
        self._thread.shutdown(wait=False)

    async def _work(self) -> None:
        try:
            while self._waiting:
                together = [self._waiting.popleft() for _ in range(min(self._batch, len(self._waiting)))]
                await self._store(together)
        finally:
            self._task = None

    async def _store(self, together: list[tuple[Change, asyncio.Future[Any], float]]) -> None:
        pause = FIRST_PAUSE
        loop = asyncio.get_running_loop()
        while together:
            try:
                outcomes, news = await loop.run_in_executor(self._thread, _in_thread, [each[0] for each in together])
            except (OperationalError, InterfaceError) as fault:
                log.warning("database away, %d commands wait: %s", len(together), str(fault).strip())
                together = _without_overdue(together)
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
            except Exception as fault:  # a fault of ours must answer its commands, not stop the writer
                log.exception("a batch of %d commands failed", len(together))
                return _answer(together, [fault] * len(together))
            else:
                self._announce(news)
                return _answer(together, outcomes)


def _in_thread(changes: Sequence[Change]) -> tuple[list[Outcome], list[Changed]]:
    # The connection is kept whatever CONN_MAX_AGE says: opening one costs more than storing a batch.
    try:
        return store(changes)
    except (OperationalError, InterfaceError):
        connections.close_all()
        raise


def _without_overdue(
    together: list[tuple[Change, asyncio.Future[Any], float]],
) -> list[tuple[Change, asyncio.Future[Any], float]]:
    now = time.monotonic()
    for _, answer, until in together:
        if until <= now and not answer.done():
            answer.set_exception(Unavailable(retry_after=2))
    return [each for each in together if each[2] > now]


def _answer(together: list[tuple[Change, asyncio.Future[Any], float]], outcomes: Sequence[Outcome]) -> None:
    for (_, answer, _), outcome in zip(together, outcomes, strict=True):
        if answer.done():
            continue
        if isinstance(outcome, ZashikiError):
            answer.set_exception(outcome)
        elif isinstance(outcome, Exception):
            log.error("a command could not be stored: %r", outcome)
            answer.set_exception(ZashikiError())
        else:
            answer.set_result(outcome)
