"""Every limit of a seat, once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Options:
    """What a process allows its connections. Read when a connection opens; a running one keeps what it got.

    Attributes:
        high_mark: bytes waiting for a seat at which it falls behind.
        low_mark: bytes waiting for a seat at which it has drained; above it, ephemeral frames are dropped.
        hard_limit: bytes waiting for a seat, private messages included, at which its connection is aborted.
        behind_limit: seconds a seat may stay behind, or its peer acknowledge nothing, before it is closed with 1013.
        frame_limit: largest message taken from a client, in bytes, whole or in fragments.
        message_rate: messages per second taken from one connection in the long run; beyond that it is read more slowly. 0: no limit.
        message_burst: messages taken from one connection before `message_rate` holds it back.
        close_timeout: seconds a client has for its half of the closing handshake before its connection is aborted.
        close_spread: seconds over which the connections of a stopping server are closed (1012).
        deflate: whether permessage-deflate is negotiated; a frame is compressed once for all who share the parameters.
        connections_per_person: open seats of one person in one process. 0: no limit.
        connections_per_address: open seats of one network address in one process. 0: no limit.
        layer_timeout: seconds the channel layer may take for one operation before it counts as down.
        layer_retry: seconds between two tries while the layer is down.
        layer_renewal: seconds after which all groups are joined again, since a layer may have forgotten them.
    """

    high_mark: int = 256 * 1024
    low_mark: int = 64 * 1024
    hard_limit: int = 2 * 1024 * 1024
    behind_limit: float = 60.0
    frame_limit: int = 64 * 1024
    message_rate: float = 1000.0
    message_burst: int = 1000
    close_timeout: float = 5.0
    close_spread: float = 5.0
    deflate: bool = False
    connections_per_person: int = 0
    connections_per_address: int = 0
    layer_timeout: float = 5.0
    layer_retry: float = 1.0
    layer_renewal: float = 30.0

    def __post_init__(self) -> None:
        if not 0 <= self.low_mark <= self.high_mark <= self.hard_limit:
            raise ValueError("low_mark, high_mark and hard_limit must ascend from 0.")


_options = Options()


def options() -> Options:
    """The limits of this process."""
    return _options


def configure(**changes: Any) -> Options:
    """Change limits of this process, by the names in `Options`; the others stay.

    Raises:
        TypeError: there is no such limit.
        ValueError: the marks do not ascend.
    """
    global _options
    _options = replace(_options, **changes)
    return _options
