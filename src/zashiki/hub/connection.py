"""A connection: the outgoing side of one connection, live or behind."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING

from zashiki.hub.connection_limits import ConnectionCounter
from zashiki.hub.frames import Batch, Frame
from zashiki.hub.options import options

if TYPE_CHECKING:
    from zashiki.hub.hub import Hub

GOING_AWAY_FOR_NOW = 1012  # service restart
TRY_AGAIN_LATER = 1013
POLICY_VIOLATION = 1008

OnChange = Callable[["Connection"], None]

_connections_by_owner = ConnectionCounter()


class Connection(ABC):
    """One connection's outgoing side. Two kinds: `TransportConnection` owns a transport, `AsgiConnection` an ASGI ``send``.

    Attributes:
        closed: nothing can be sent any more; the connection has left all its topics.
        dismissed: it was closed from our side, and what the client says is not heard any more.
        behind: more than the high mark is waiting; what is shown now is skipped until the connection has drained to the low mark.
        topics: what it is subscribed to; set by its `Hub`.
        on_behind, on_drained, on_closed: called with the connection, at once; set by whoever sits it, or ``None``.
            Before `on_behind` everything shown so far has been queued for the connection, and nothing of what is shown after it.
    """

    __slots__ = (
        "closed", "closing", "behind", "live", "topics", "on_behind", "on_drained", "on_closed",
        "_hub", "_owner_key", "_limits", "_slow_timer", "__weakref__",
    )  # fmt: skip

    def __init__(self) -> None:
        self.closed = False
        self.closing = False
        self.behind = False
        self.live = False  # opened, not behind and not closed: may be written to
        self.topics: set[str] = set()
        self.on_behind: OnChange | None = None
        self.on_drained: OnChange | None = None
        self.on_closed: OnChange | None = None
        self._hub: Hub | None = None
        self._owner_key: str | None = None
        self._limits = options()
        self._slow_timer: asyncio.TimerHandle | None = (
            None  # runs out when the connection has been behind for too long
        )

    @property
    def owner(self) -> str | None:
        """Whose connection it is: the key under which connections are counted. A connection over the limit is closed with 1008."""
        return self._owner_key

    @owner.setter
    def owner(self, key: str | None) -> None:
        _connections_by_owner.release(self._owner_key)
        self._owner_key = None
        if key is None or self.closed:
            return
        if _connections_by_owner.acquire(key, self._limits.max_connections_per_user):
            self._owner_key = key
        else:
            self.close(POLICY_VIOLATION, "too many connections")

    def send(self, payload: bytes | str, *, binary: bool = False) -> None:
        """A message to this connection alone, after everything it was shown before. Nothing happens when it is closed.

        Taken even when the connection is behind, since it answers a question; a client that asks and does not read the answers is
        disconnected at `Options.hard_limit`.
        """
        if self.closed:
            return
        frame = Frame(payload.encode() if isinstance(payload, str) else payload, binary)
        if self._hub is None or not self._hub.buffer_private(self, frame):
            self.send_now(frame)

    @abstractmethod
    def write(self, batch: Batch) -> bool:
        """Queue what was shown. False if the connection is behind or closed and it was skipped."""

    @abstractmethod
    def send_now(self, frame: Frame) -> None:
        """Queue a private message, also when the connection is behind."""

    def close(self, code: int, reason: str = "") -> None:
        """Start the closing handshake behind what was shown; a second call does nothing.

        The connection ends within `Options.close_timeout`, whatever the client does.
        """
        if self.closed:
            return
        if self._hub is not None:
            self._hub.flush_for(self)
        self.closing = True
        self.begin_close(code, reason)

    @abstractmethod
    def begin_close(self, code: int, reason: str) -> None:
        """See `close`."""

    # For the owner of the connection

    async def finish(self) -> None:  # noqa: B027 - a transport has taken everything already
        """Returns when what was sent is in the server's hands."""

    def attach(self, hub: Hub) -> None:
        self._hub = hub

    def mark_behind(self) -> None:
        """The high mark was passed."""
        if self.behind or self.closed:
            return
        if self._hub is not None:
            self._hub.flush()
        self.behind = True
        self.live = False
        self._slow_timer = asyncio.get_running_loop().call_later(
            self._limits.slow_client_timeout, self._close_as_slow
        )
        if self._hub is None or not self._hub.defer_until_flushed(self):
            self.notify_behind()

    def notify_behind(self) -> None:
        if self.on_behind is not None:
            self.on_behind(self)

    def mark_drained(self) -> None:
        """The low mark was reached again."""
        if not self.behind or self.closed:
            return
        self._cancel_slow_timer()
        self.behind = False
        self.live = True
        if self.on_drained is not None:
            self.on_drained(self)

    def mark_closed(self) -> None:
        """Nothing can be sent any more: leave everything."""
        if self.closed:
            return
        self.closed = True
        self.live = False
        self._cancel_slow_timer()
        if self._hub is not None:
            self._hub.unsubscribe_all(self)
        _connections_by_owner.release(self._owner_key)
        if self.on_closed is not None:
            self.on_closed(self)
        self.on_behind = self.on_drained = self.on_closed = None

    def _close_as_slow(self) -> None:
        self._slow_timer = None
        self.close(TRY_AGAIN_LATER, "slow consumer")

    def _cancel_slow_timer(self) -> None:
        if self._slow_timer is not None:
            self._slow_timer.cancel()
            self._slow_timer = None
