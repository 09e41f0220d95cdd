"""A connection on any ASGI server: what it is shown waits here and is sent by one small task, which lives only while something waits."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from zashiki.hub.connection import TRY_AGAIN_LATER, Connection
from zashiki.hub.frames import Batch, Frame

Send = Callable[[dict[str, Any]], Awaitable[None]]


class AsgiConnection(Connection):
    """Knows of a slow reader what the server's ``send`` lets it know: uvicorn's waits, Daphne's never does.

    Args:
        abort: ends the connection's ASGI application; called when the server does not take even the close in time.
    """

    __slots__ = ("_send", "_abort", "_queue", "_waiting", "_send_task", "_opened", "_end")

    def __init__(self, send: Send, abort: Callable[[], object]) -> None:
        super().__init__()
        self._send = send
        self._abort = abort
        self._queue: deque[Frame] = deque()
        self._waiting = 0  # bytes in the queue
        self._send_task: asyncio.Task[None] | None = None
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
        drop = batch.has_ephemeral and self._waiting > self._limits.send_buffer_low
        chosen = batch.lasting() if drop else batch
        if chosen is None:
            return False
        for frame in chosen.frames:
            self._add(frame)
        return True

    def send_now(self, frame: Frame) -> None:
        if self._end is not None:
            return
        if self._waiting > self._limits.hard_limit:
            self.close(TRY_AGAIN_LATER, "replies not read")
        else:
            self._add(frame)

    def begin_close(self, code: int, reason: str) -> None:
        if self._end is not None:
            return
        self._end = code, reason
        self.live = False
        if self.behind:
            self._queue.clear()
        asyncio.get_running_loop().call_later(self._limits.close_timeout, self._abort_now)
        self._start()

    async def finish(self) -> None:
        if self._send_task is not None:
            await asyncio.wait([self._send_task], timeout=self._limits.close_timeout)
        self.mark_closed()

    def mark_closed(self) -> None:
        super().mark_closed()
        self._queue.clear()
        if self._send_task is not None and self._send_task is not asyncio.current_task():
            self._send_task.cancel()

    def _add(self, frame: Frame) -> None:
        self._queue.append(frame)
        self._waiting += len(frame.payload)
        self._start()
        if self._waiting > self._limits.send_buffer_high:
            self.mark_behind()

    def _start(self) -> None:
        if self._opened and self._send_task is None and not self.closed:
            self._send_task = asyncio.get_running_loop().create_task(self._send_queued())

    async def _send_queued(self) -> None:
        try:
            while self._queue:
                frame = self._queue.popleft()
                await self._send(_event_of(frame))
                self._waiting -= len(frame.payload)
                if self._waiting <= self._limits.send_buffer_low:
                    self.mark_drained()
            if self._end is not None:
                code, reason = self._end
                await self._send({"type": "websocket.close", "code": code, "reason": reason})
                self.mark_closed()
        except Exception:
            self.mark_closed()  # every server says in its own way that the client is gone
        finally:
            self._send_task = None

    def _abort_now(self) -> None:
        if not self.closed:
            self.mark_closed()
            self._abort()


def _event_of(frame: Frame) -> dict[str, Any]:
    if frame.binary:
        return {"type": "websocket.send", "bytes": frame.payload}
    return {"type": "websocket.send", "text": frame.payload.decode()}
