"""Rendering texts away from the event loop, the writer and the readers, so that a text costs nobody but its author."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from zashiki.errors import Busy

THREADS = 4  # most of what they do is wait for a confined process
LIMIT = 512  # texts that may wait
AUTHOR_LIMIT = 32  # texts of one author that may wait


class RenderQueue:
    """Runs functions in a few threads of its own: one of an author at a time, and the authors in turn."""

    def __init__(self, threads: int = THREADS) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="zashiki-render")
        self._free = asyncio.Semaphore(threads)
        self._turns: dict[str, asyncio.Lock] = {}
        self._waiting: dict[str, int] = {}  # texts by author, with the one in hand

    async def run(self, author: str, function: Callable[..., Any], *args: Any) -> Any:
        """The result of a function that renders a text of this author and asks no database.

        Raises:
            Busy: too many wait.
        """
        if self._waiting.get(author, 0) >= AUTHOR_LIMIT or sum(self._waiting.values()) >= LIMIT:
            raise Busy(retry_after=1)
        self._waiting[author] = self._waiting.get(author, 0) + 1
        turn = self._turns.setdefault(author, asyncio.Lock())
        try:
            async with turn:
                await self._free.acquire()
                return await self._started(function, args)
        finally:
            self._waiting[author] -= 1
            if not self._waiting[author]:
                del self._waiting[author], self._turns[author]

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    # Private

    async def _started(self, function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        """A thread counts as free when it has ended its work, whoever has stopped waiting for it."""
        work = asyncio.get_running_loop().run_in_executor(self._threads, function, *args)
        work.add_done_callback(self._ended)
        return await asyncio.shield(work)

    def _ended(self, work: asyncio.Future[Any]) -> None:
        self._free.release()
        if not work.cancelled():
            work.exception()  # whoever has stopped waiting does not ask for it
