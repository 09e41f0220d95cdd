"""A connection that writes to the connection's transport."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Protocol

from zashiki.hub.connection import TRY_AGAIN_LATER, Connection
from zashiki.hub.frames import Batch, Frame


class TransportOwner(Protocol):
    """Who owns the transport and speaks the closing handshake on it."""

    def begin_close(self, code: int, reason: str) -> None: ...


class TransportConnection(Connection):
    """The owner calls `open` when the opening handshake is over, and `end` before anything else closes the connection."""

    __slots__ = ("_transport", "_owner", "_unsent", "_window_bits")

    def __init__(self, transport: asyncio.Transport, owner: TransportOwner) -> None:
        super().__init__()
        self._transport = transport
        self._owner: TransportOwner | None = owner
        self._unsent: list[Frame] | None = []  # what comes before the handshake is over
        self._window_bits = 0  # of permessage-deflate; 0: not negotiated
        transport.set_write_buffer_limits(self._limits.send_buffer_high, self._limits.send_buffer_low)

    def open(self, window_bits: int) -> None:
        """The opening handshake is over.

        Args:
            window_bits: the server's window if permessage-deflate was negotiated without context takeover, otherwise 0.
        """
        self._window_bits = window_bits
        self.live = True
        held, self._unsent = self._unsent, None
        if held:
            self.write(Batch(held))

    def write(self, batch: Batch) -> bool:
        if not self.live:
            return self._join_frames(batch.frames)
        if batch.has_ephemeral and self._transport.get_write_buffer_size() > self._limits.send_buffer_low:
            lasting = batch.lasting()
            if lasting is None:
                return False
            batch = lasting
        self._transport.write(batch.deflated(self._window_bits) if self._window_bits else batch.plain)
        return True

    def send_now(self, frame: Frame) -> None:
        if self._unsent is not None:
            self._join_frames((frame,))
        elif self._transport.get_write_buffer_size() > self._limits.hard_limit:
            self.close(TRY_AGAIN_LATER, "replies not read")
            self._transport.abort()
        else:
            self._transport.write(frame.deflated(self._window_bits) if self._window_bits else frame.plain)

    def begin_close(self, code: int, reason: str) -> None:
        if self._owner is not None:
            self._owner.begin_close(code, reason)

    def mark_closed(self) -> None:
        super().mark_closed()
        self._owner = self._unsent = None

    def _join_frames(self, frames: Sequence[Frame]) -> bool:
        if self._unsent is None:
            return False
        self._unsent.extend(frames)
        if sum(len(frame.plain) for frame in self._unsent) > self._limits.send_buffer_high:
            self.close(TRY_AGAIN_LATER, "slow consumer")
        return True
