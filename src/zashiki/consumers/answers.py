"""What one client is answered: no faster than it reads, and only so many commands ahead of it."""

from __future__ import annotations

import asyncio
from collections import deque

from zashiki import conf
from zashiki.seating import Seat

COUNT_LIMIT = 64  # commands of one socket that may wait for the writer, or whose answers wait to be read


class Answers:
    """Private messages of one seat, in order. While it is behind they are held, so that a client which says much and reads
    late is never disconnected for it; it is just not listened to any further.

    Args:
        seat: takes them; its `on_closed` is set here.
    """

    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        self._held: deque[bytes] = deque()
        self._held_size = 0  # bytes
        self._owed = 0  # answers that the writer still has to give
        self._relief: asyncio.Future[None] | None = None
        seat.on_closed = lambda _: self._relieve()

    def say(self, payload: bytes) -> None:
        if self._held or self._seat.behind:
            self._held.append(payload)
            self._held_size += len(payload)
        else:
            self._seat.send(payload)

    def owe(self) -> None:
        """An answer will be said later, after `settle`."""
        self._owed += 1

    def settle(self) -> None:
        self._owed -= 1
        self._relieve()

    def resume(self) -> None:
        """The seat has drained: say what was held, as far as it keeps up."""
        while self._held and not self._seat.behind:
            payload = self._held.popleft()
            self._held_size -= len(payload)
            self._seat.send(payload)
        self._relieve()

    async def room(self) -> None:
        """Returns when one more command may be heard, or when there is nobody to be answered any more."""
        while not self._seat.closed and self._is_full():
            self._relief = asyncio.get_running_loop().create_future()
            await self._relief

    def _is_full(self) -> bool:
        return self._owed + len(self._held) >= COUNT_LIMIT or self._held_size > conf.get("HIGH_MARK")

    def _relieve(self) -> None:
        if self._relief is not None and not self._relief.done():
            self._relief.set_result(None)
