"""WebSocket messages as bytes on the wire (RFC 6455, 5.2), made once for all who get them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

_FINAL = 0x80
_COMPRESSED = 0x40  # RSV1 (RFC 7692, 6)
_TEXT, _BINARY = 0x1, 0x2
_EMPTY_BLOCK = b"\x00\x00\xff\xff"  # ends every sync flush and is left out on the wire (RFC 7692, 7.2.1)
_WORTH_DEFLATING = 128  # bytes; below, a compressed frame is hardly smaller


class Frame:
    """One whole message from a server, unmasked and unfragmented.

    Args:
        payload: UTF-8 if it is a text message.
        binary: whether it is a binary message.
        ephemeral: whether it may be dropped when a reader is slow.
    """

    __slots__ = ("payload", "binary", "ephemeral", "plain", "_deflated")

    def __init__(self, payload: bytes, binary: bool = False, ephemeral: bool = False) -> None:
        self.payload = payload
        self.binary = binary
        self.ephemeral = ephemeral
        self.plain = _head(_BINARY if binary else _TEXT, len(payload)) + payload
        self._deflated: dict[int, bytes] | None = None

    def deflated(self, window_bits: int) -> bytes:
        """The same for a connection that negotiated permessage-deflate without context takeover on the server's side."""
        if len(self.payload) < _WORTH_DEFLATING:
            return self.plain
        if self._deflated is None:
            self._deflated = {}
        if window_bits not in self._deflated:
            self._deflated[window_bits] = self._deflate(window_bits)
        return self._deflated[window_bits]

    def _deflate(self, window_bits: int) -> bytes:
        deflater = zlib.compressobj(wbits=-window_bits, memLevel=8)
        data = deflater.compress(self.payload) + deflater.flush(zlib.Z_SYNC_FLUSH)
        data = data.removesuffix(_EMPTY_BLOCK)
        if len(data) >= len(self.payload):
            return self.plain
        return _head(_COMPRESSED | (_BINARY if self.binary else _TEXT), len(data)) + data


class Batch:
    """Frames that are written together, in this order."""

    __slots__ = ("frames", "plain", "has_ephemeral", "_deflated")

    def __init__(self, frames: Sequence[Frame]) -> None:
        self.frames = frames
        self.plain = frames[0].plain if len(frames) == 1 else b"".join([frame.plain for frame in frames])
        self.has_ephemeral = any([frame.ephemeral for frame in frames])
        self._deflated: dict[int, bytes] = {}

    def lasting(self) -> Batch | None:
        """What is left without the ephemeral frames."""
        left = [frame for frame in self.frames if not frame.ephemeral]
        return Batch(left) if left else None

    def deflated(self, window_bits: int) -> bytes:
        """See `Frame.deflated`."""
        joined = self._deflated.get(window_bits)
        if joined is None:
            joined = self._deflated[window_bits] = b"".join(
                [frame.deflated(window_bits) for frame in self.frames]
            )
        return joined


def _head(first: int, length: int) -> bytes:
    if length < 126:
        return bytes((_FINAL | first, length))
    if length < 65536:
        return struct.pack("!BBH", _FINAL | first, 126, length)
    return struct.pack("!BBQ", _FINAL | first, 127, length)
