"""Every limit of a connection, once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Options:
    """What a process allows its connections. Read when a connection opens; a running one keeps what it got.

    Attributes:
        high_mark: bytes waiting for a connection at which it falls behind.
        low_mark: bytes waiting for a connection at which it has drained; above it, ephemeral frames are dropped.
        hard_limit: bytes waiting for a connection, private messages included, at which its connection is aborted.
        behind_limit: seconds a connection may stay behind, or its peer acknowledge nothing, before it is closed with 1013.
        frame_limit: largest message taken from a client, in bytes, whole or in fragments.
        message_rate: messages per second taken from one connection in the long run; beyond that it is read more slowly. 0: no limit.
        message_burst: messages taken from one connection before `message_rate` holds it back.
        close_timeout: seconds a client has for its half of the closing handshake before its connection is aborted.
        close_spread: seconds over which the connections of a stopping server are closed (1012).
        deflate: whether permessage-deflate is negotiated; a frame is compressed once for all who share the parameters.
        connections_per_person: open connections of one person in one process. 0: no limit.
        connections_per_address: open connections of one network address in one process. 0: no limit.
        layer_timeout: seconds the channel layer may take for one operation before it counts as down.
        layer_retry: seconds between two tries while the layer is down.
        layer_renewal: seconds after which all groups are joined again, since a layer may have forgotten them.
    """

    send_buffer_high: int = 256 * 1024
    send_buffer_low: int = 64 * 1024
    hard_limit: int = 2 * 1024 * 1024
    slow_client_timeout: float = 60.0
    max_frame_size: int = 64 * 1024
    message_rate: float = 1000.0
    message_burst: int = 1000
    close_timeout: float = 5.0
    shutdown_jitter: float = 5.0
    compression: bool = False
    max_connections_per_user: int = 0
    max_connections_per_ip: int = 0
    layer_timeout: float = 5.0
    layer_retry: float = 1.0
    layer_renewal_interval: float = 30.0

    def __post_init__(self) -> None:
        if not 0 <= self.send_buffer_low <= self.send_buffer_high <= self.hard_limit:
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
