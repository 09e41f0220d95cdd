"""A seat: the outgoing side of one connection, live or behind."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING

from zashiki.seating.caps import Cap
from zashiki.seating.frames import Batch, Frame
from zashiki.seating.options import options

if TYPE_CHECKING:
    from zashiki.seating.seating import Seating

GOING_AWAY_FOR_NOW = 1012  # service restart
TRY_AGAIN_LATER = 1013
POLICY_VIOLATION = 1008

Told = Callable[["Seat"], None]

_persons = Cap()


class Seat(ABC):
    """One connection's outgoing side. Two kinds: `DirectSeat` owns a transport, `PumpedSeat` an ASGI ``send``.

    Attributes:
        closed: nothing can be sent any more; the seat has left all its topics.
        dismissed: it was closed from our side, and what the client says is not heard any more.
        behind: more than the high mark is waiting; what is shown now is skipped until the seat has drained to the low mark.
        topics: where it sits; kept by its `Seating`.
        on_behind, on_drained, on_closed: called with the seat, at once; set by whoever sits it, or ``None``.
            Before `on_behind` everything shown so far has been queued for the seat, and nothing of what is shown after it.
    """

    __slots__ = (
        "closed", "dismissed", "behind", "live", "topics", "on_behind", "on_drained", "on_closed",
        "_seating", "_person", "_limits", "_patience", "__weakref__",
    )  # fmt: skip

    def __init__(self) -> None:
        self.closed = False
        self.dismissed = False
        self.behind = False
        self.live = False  # opened, not behind and not closed: may be written to
        self.topics: set[str] = set()
        self.on_behind: Told | None = None
        self.on_drained: Told | None = None
        self.on_closed: Told | None = None
        self._seating: Seating | None = None
        self._person: str | None = None
        self._limits = options()
        self._patience: asyncio.TimerHandle | None = (
            None  # runs out when the seat has been behind for too long
        )

    @property
    def person(self) -> str | None:
        """Whose seat it is: the key under which connections are counted. A seat over the limit is closed with 1008."""
        return self._person

    @person.setter
    def person(self, key: str | None) -> None:
        _persons.release(self._person)
        self._person = None
        if key is None or self.closed:
            return
        if _persons.take(key, self._limits.connections_per_person):
            self._person = key
        else:
            self.close(POLICY_VIOLATION, "too many connections")

    def send(self, payload: bytes | str, *, binary: bool = False) -> None:
        """A message to this seat alone, after everything it was shown before. Nothing happens when it is closed.

        Taken even when the seat is behind, since it answers a question; a client that asks and does not read the answers is
        disconnected at `Options.hard_limit`.
        """
        if self.closed:
            return
        frame = Frame(payload.encode() if isinstance(payload, str) else payload, binary)
        if self._seating is None or not self._seating.say(self, frame):
            self.put(frame)

    @abstractmethod
    def write(self, batch: Batch) -> bool:
        """Queue what was shown. False if the seat is behind or closed and it was skipped."""

    @abstractmethod
    def put(self, frame: Frame) -> None:
        """Queue a private message, also when the seat is behind."""

    def close(self, code: int, reason: str = "") -> None:
        """Start the closing handshake behind what was shown; a second call does nothing.

        The connection ends within `Options.close_timeout`, whatever the client does.
        """
        if self.closed:
            return
        if self._seating is not None:
            self._seating.flush_for(self)
        self.dismissed = True
        self.begin_close(code, reason)

    @abstractmethod
    def begin_close(self, code: int, reason: str) -> None:
        """See `close`."""

    # For the owner of the connection

    async def finish(self) -> None:  # noqa: B027 - a transport has taken everything already
        """Returns when what was sent is in the server's hands."""

    def belong(self, seating: Seating) -> None:
        self._seating = seating

    def fall_behind(self) -> None:
        """The high mark was passed."""
        if self.behind or self.closed:
            return
        if self._seating is not None:
            self._seating.flush()
        self.behind = True
        self.live = False
        self._patience = asyncio.get_running_loop().call_later(self._limits.behind_limit, self._too_slow)
        if self._seating is None or not self._seating.tell_after_flush(self):
            self.tell_behind()

    def tell_behind(self) -> None:
        if self.on_behind is not None:
            self.on_behind(self)

    def drain(self) -> None:
        """The low mark was reached again."""
        if not self.behind or self.closed:
            return
        self._stop_waiting()
        self.behind = False
        self.live = True
        if self.on_drained is not None:
            self.on_drained(self)

    def end(self) -> None:
        """Nothing can be sent any more: leave everything."""
        if self.closed:
            return
        self.closed = True
        self.live = False
        self._stop_waiting()
        if self._seating is not None:
            self._seating.leave_all(self)
        _persons.release(self._person)
        if self.on_closed is not None:
            self.on_closed(self)
        self.on_behind = self.on_drained = self.on_closed = None

    def _too_slow(self) -> None:
        self._patience = None
        self.close(TRY_AGAIN_LATER, "too slow")

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None
