"""What one client is answered: no faster than it reads, and only so many commands ahead of it."""

from __future__ import annotations

import asyncio
from collections import deque

from zashiki import conf
from zashiki.hub import Connection

COUNT_LIMIT = 64  # commands of one socket that may wait for the writer, or whose answers wait to be read


class ReplyQueue:
    """Private messages of one connection, in order. While it is behind they are held, so that a client which says much and reads
    late is never disconnected for it; it is just not listened to any further.

    Args:
        connection: takes them; its `on_closed` is set here.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._queued: deque[bytes] = deque()
        self._queued_size = 0  # bytes
        self._reserved = 0  # answers that the writer still has to give
        self._capacity: asyncio.Future[None] | None = None
        connection.on_closed = lambda _: self._wake()

    def send(self, payload: bytes) -> None:
        if self._queued or self._connection.behind:
            self._queued.append(payload)
            self._queued_size += len(payload)
        else:
            self._connection.send(payload)

    def reserve(self) -> None:
        """An answer will be said later, after `settle`."""
        self._reserved += 1

    def release(self) -> None:
        self._reserved -= 1
        self._wake()

    def resume(self) -> None:
        """The connection has drained: say what was held, as far as it keeps up."""
        while self._queued and not self._connection.behind:
            payload = self._queued.popleft()
            self._queued_size -= len(payload)
            self._connection.send(payload)
        self._wake()

    async def wait_for_capacity(self) -> None:
        """Returns when one more command may be heard, or when there is nobody to be answered any more."""
        while not self._connection.closed and self._is_full():
            self._capacity = asyncio.get_running_loop().create_future()
            await self._capacity

    def _is_full(self) -> bool:
        return self._reserved + len(self._queued) >= COUNT_LIMIT or self._queued_size > conf.get(
            "SEND_BUFFER_HIGH"
        )

    def _wake(self) -> None:
        if self._capacity is not None and not self._capacity.done():
            self._capacity.set_result(None)
