"""What this process says to the others: everything of one topic and turn in one layer message, and in order."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

_BATCH_LIMIT = 256 * 1024  # bytes of payload in one layer message; layers need to take no more than 1 MB


class _Batch:
    """Entries that travel together. `sent` tells each of those who wait whether the layer took it."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.entries: list[Any] = []
        self.size = 0
        self.sent: asyncio.Future[bool] = loop.create_future()


class RelayQueue:
    """One message of a topic is under way at a time; what comes meanwhile travels together in the next.

    Args:
        send: hands a topic's entries to the layer; returns whether that worked.
    """

    def __init__(self, send: Callable[[str, list[Any]], Awaitable[bool]]) -> None:
        self._send = send
        self._batches: dict[str, list[_Batch]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def enqueue(self, topic: str, entry: Any, size: int) -> bool:
        """Returns when the layer has taken the entry (True) or failed (False).

        Args:
            entry: what layers can carry.
            size: its bytes, about.
        """
        return await asyncio.shield(self._batch_for(topic, entry, size).sent)

    async def close(self) -> None:
        """Returns when everything is sent or has failed."""
        await asyncio.gather(*self._tasks)

    def _batch_for(self, topic: str, entry: Any, size: int) -> _Batch:
        loop = asyncio.get_running_loop()
        waiting = self._batches.get(topic)
        if waiting is None:
            waiting = self._batches[topic] = []
            task = loop.create_task(self._send_batches(topic, waiting))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        if not waiting or waiting[-1].size + size > _BATCH_LIMIT:
            waiting.append(_Batch(loop))
        batch = waiting[-1]
        batch.entries.append(entry)
        batch.size += size
        return batch

    async def _send_batches(self, topic: str, waiting: list[_Batch]) -> None:
        while waiting:
            batch = waiting.pop(0)
            batch.sent.set_result(await self._send(topic, batch.entries))
        del self._batches[topic]
