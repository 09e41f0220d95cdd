"""What this process says to the others: everything of one topic and turn in one layer message, and in order."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

_PARCEL_LIMIT = 256 * 1024  # bytes of payload in one layer message; layers need to take no more than 1 MB


class _Parcel:
    """Entries that travel together. `sent` tells each of those who wait whether the layer took it."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.entries: list[Any] = []
        self.size = 0
        self.sent: asyncio.Future[bool] = loop.create_future()


class Outbox:
    """One message of a topic is under way at a time; what comes meanwhile travels together in the next.

    Args:
        send: hands a topic's entries to the layer; returns whether that worked.
    """

    def __init__(self, send: Callable[[str, list[Any]], Awaitable[bool]]) -> None:
        self._send = send
        self._parcels: dict[str, list[_Parcel]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def post(self, topic: str, entry: Any, size: int) -> bool:
        """Returns when the layer has taken the entry (True) or failed (False).

        Args:
            entry: what layers can carry.
            size: its bytes, about.
        """
        return await asyncio.shield(self._parcel(topic, entry, size).sent)

    async def close(self) -> None:
        """Returns when everything is sent or has failed."""
        await asyncio.gather(*self._tasks)

    def _parcel(self, topic: str, entry: Any, size: int) -> _Parcel:
        loop = asyncio.get_running_loop()
        waiting = self._parcels.get(topic)
        if waiting is None:
            waiting = self._parcels[topic] = []
            task = loop.create_task(self._empty(topic, waiting))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        if not waiting or waiting[-1].size + size > _PARCEL_LIMIT:
            waiting.append(_Parcel(loop))
        parcel = waiting[-1]
        parcel.entries.append(entry)
        parcel.size += size
        return parcel

    async def _empty(self, topic: str, waiting: list[_Parcel]) -> None:
        while waiting:
            parcel = waiting.pop(0)
            parcel.sent.set_result(await self._send(topic, parcel.entries))
        del self._parcels[topic]
