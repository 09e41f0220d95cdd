"""A seat on any ASGI server: what it is shown waits here and is sent by one small task, which lives only while something waits."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from zashiki.seating.frames import Batch, Frame
from zashiki.seating.seat import TRY_AGAIN_LATER, Seat

Send = Callable[[dict[str, Any]], Awaitable[None]]


class PumpedSeat(Seat):
    """Knows of a slow reader what the server's ``send`` lets it know: uvicorn's waits, Daphne's never does.

    Args:
        abort: ends the connection's ASGI application; called when the server does not take even the close in time.
    """

    __slots__ = ("_send", "_abort", "_queue", "_waiting", "_pump", "_opened", "_end")

    def __init__(self, send: Send, abort: Callable[[], object]) -> None:
        super().__init__()
        self._send = send
        self._abort = abort
        self._queue: deque[Frame] = deque()
        self._waiting = 0  # bytes in the queue
        self._pump: asyncio.Task[None] | None = None
        self._opened = False
        self._end: tuple[int, str] | None = None  # the close to be sent after the queue

    def open(self) -> None:
        """The application has accepted the connection."""
        self._opened = True
        self.live = not self.behind
        self._start()

    def write(self, batch: Batch) -> bool:
        if self.closed or self.behind or self._end is not None:
            return False
        drop = batch.has_ephemeral and self._waiting > self._limits.low_mark
        chosen = batch.lasting() if drop else batch
        if chosen is None:
            return False
        for frame in chosen.frames:
            self._add(frame)
        return True

    def put(self, frame: Frame) -> None:
        if self._end is not None:
            return
        if self._waiting > self._limits.hard_limit:
            self.close(TRY_AGAIN_LATER, "answers are not read")
        else:
            self._add(frame)

    def begin_close(self, code: int, reason: str) -> None:
        if self._end is not None:
            return
        self._end = code, reason
        self.live = False
        if self.behind:
            self._queue.clear()
        asyncio.get_running_loop().call_later(self._limits.close_timeout, self._give_up)
        self._start()

    async def finish(self) -> None:
        if self._pump is not None:
            await asyncio.wait([self._pump], timeout=self._limits.close_timeout)
        self.end()

    def end(self) -> None:
        super().end()
        self._queue.clear()
        if self._pump is not None and self._pump is not asyncio.current_task():
            self._pump.cancel()

    def _add(self, frame: Frame) -> None:
        self._queue.append(frame)
        self._waiting += len(frame.payload)
        self._start()
        if self._waiting > self._limits.high_mark:
            self.fall_behind()

    def _start(self) -> None:
        if self._opened and self._pump is None and not self.closed:
            self._pump = asyncio.get_running_loop().create_task(self._empty())

    async def _empty(self) -> None:
        try:
            while self._queue:
                frame = self._queue.popleft()
                await self._send(_event_of(frame))
                self._waiting -= len(frame.payload)
                if self._waiting <= self._limits.low_mark:
                    self.drain()
            if self._end is not None:
                code, reason = self._end
                await self._send({"type": "websocket.close", "code": code, "reason": reason})
                self.end()
        except Exception:
            self.end()  # every server says in its own way that the client is gone
        finally:
            self._pump = None

    def _give_up(self) -> None:
        if not self.closed:
            self.end()
            self._abort()


def _event_of(frame: Frame) -> dict[str, Any]:
    if frame.binary:
        return {"type": "websocket.send", "bytes": frame.payload}
    return {"type": "websocket.send", "text": frame.payload.decode()}
