"""A seat that writes to the connection's transport."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Protocol

from zashiki.seating.frames import Batch, Frame
from zashiki.seating.seat import TRY_AGAIN_LATER, Seat


class Connection(Protocol):
    """Who owns the transport and speaks the closing handshake on it."""

    def begin_close(self, code: int, reason: str) -> None: ...


class DirectSeat(Seat):
    """The owner calls `open` when the opening handshake is over, and `end` before anything else closes the connection."""

    __slots__ = ("_transport", "_connection", "_held", "_window_bits")

    def __init__(self, transport: asyncio.Transport, connection: Connection) -> None:
        super().__init__()
        self._transport = transport
        self._connection: Connection | None = connection
        self._held: list[Frame] | None = []  # what comes before the handshake is over
        self._window_bits = 0  # of permessage-deflate; 0: not negotiated
        transport.set_write_buffer_limits(self._limits.high_mark, self._limits.low_mark)

    def open(self, window_bits: int) -> None:
        """The opening handshake is over.

        Args:
            window_bits: the server's window if permessage-deflate was negotiated without context takeover, otherwise 0.
        """
        self._window_bits = window_bits
        self.live = True
        held, self._held = self._held, None
        if held:
            self.write(Batch(held))

    def write(self, batch: Batch) -> bool:
        if not self.live:
            return self._hold(batch.frames)
        if batch.has_ephemeral and self._transport.get_write_buffer_size() > self._limits.low_mark:
            lasting = batch.lasting()
            if lasting is None:
                return False
            batch = lasting
        self._transport.write(batch.deflated(self._window_bits) if self._window_bits else batch.plain)
        return True

    def put(self, frame: Frame) -> None:
        if self._held is not None:
            self._hold((frame,))
        elif self._transport.get_write_buffer_size() > self._limits.hard_limit:
            self.close(TRY_AGAIN_LATER, "answers are not read")
            self._transport.abort()
        else:
            self._transport.write(frame.deflated(self._window_bits) if self._window_bits else frame.plain)

    def begin_close(self, code: int, reason: str) -> None:
        if self._connection is not None:
            self._connection.begin_close(code, reason)

    def end(self) -> None:
        super().end()
        self._connection = self._held = None

    def _hold(self, frames: Sequence[Frame]) -> bool:
        if self._held is None:
            return False
        self._held.extend(frames)
        if sum(len(frame.plain) for frame in self._held) > self._limits.high_mark:
            self.close(TRY_AGAIN_LATER, "too slow")
        return True
