"""What a command costs, and who pays for it.

There is one unit: what a short post costs. Each person has two buckets, one for what others see or what is stored (``changes``) and one for
everything else (``requests``), so that reading does not use up posts. Each holds ``POST_RATE`` units and fills up in a minute. Somebody
without an account costs nothing to invent, so all such guests of one network together have two more buckets, of ``GUEST_RATE`` units.
New rooms are counted apart, by the hour.

A command costs its price for each begun 4 KiB that it stores or sends to others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.signals import setting_changed

from zashiki import conf, wire
from zashiki.errors import RateLimited
from zashiki.limits.token_buckets import TokenBuckets

if TYPE_CHECKING:
    from zashiki.person import Person

BLOCK = 4096  # bytes that a price covers
ROWS = 50  # messages that the price of a page covers
MINUTE, HOUR = 60.0, 3600.0  # seconds

CHANGES, REQUESTS, ROOMS = "changes", "requests", "rooms"


@dataclass(frozen=True, slots=True)
class Cost:
    """What something costs.

    Attributes:
        bucket: `CHANGES` or `REQUESTS`.
        price: for each begun `BLOCK`; for pages of history for each `ROWS` that are asked for.
    """

    bucket: str
    price: float


COSTS: dict[type[wire.Command], Cost] = {
    wire.Post: Cost(CHANGES, 1),
    wire.Edit: Cost(CHANGES, 1),
    wire.Delete: Cost(CHANGES, 0.5),
    wire.React: Cost(CHANGES, 0.5),
    wire.Pin: Cost(CHANGES, 0.5),
    wire.Save: Cost(CHANGES, 0.5),
    wire.Preview: Cost(REQUESTS, 1),
    wire.Subscribe: Cost(REQUESTS, 0.2),
    wire.Unsubscribe: Cost(REQUESTS, 0),  # the `subscribe` before it has paid; nobody is kept in a room
    wire.Typing: Cost(REQUESTS, 0.1),
    wire.Draft: Cost(REQUESTS, 0.2),
    wire.MarkRead: Cost(REQUESTS, 0.1),
    wire.MarkUnread: Cost(REQUESTS, 0.1),
    wire.Rooms: Cost(REQUESTS, 0.2),
    wire.History: Cost(REQUESTS, 0.1),
    wire.Messages: Cost(REQUESTS, 0.1),
    wire.Revisions: Cost(REQUESTS, 0.5),
    wire.Pins: Cost(REQUESTS, 0.2),
    wire.Saved: Cost(REQUESTS, 0.2),
    wire.Threads: Cost(REQUESTS, 0.2),
    wire.SuggestPeople: Cost(REQUESTS, 0.1),
}
"""Each command of the wire, once."""

CONNECTION = Cost(REQUESTS, 0.2)  # opening a socket
FORM = Cost(CHANGES, 1)  # sending a form of a page


class Payer:
    """Somebody who is charged for what they do. It holds no state: buckets are found by the person and the network.

    Args:
        person: who it is; ``None`` for somebody who has neither signed in nor been here as a visitor.
        network: from where, as `zashiki.hub.connection_limits.network_of` has it; ``None`` if it is not known.
    """

    __slots__ = ("_person_key", "_guest_network")

    def __init__(self, person: Person | None, network: str | None) -> None:
        self._person_key = None if person is None else person.key
        is_guest = person is None or person.is_visitor
        self._guest_network = (network or "unknown") if is_guest else None

    def pay_for(self, command: wire.Command) -> None:
        """Charge for a command, by what is known of its size before anything is looked up.

        Raises:
            RateLimited: this person, or all guests of this network, have to wait.
        """
        cost = COSTS[type(command)]
        self.pay(cost, size=_size_of(command), rows=_rows_of(command))

    def pay_for_more(self, command: wire.Command, size: int) -> None:
        """Charge for what a command sends beyond the first block: the whole state of a message that it changes, in bytes."""
        self._charge(COSTS[type(command)].bucket, COSTS[type(command)].price * (_blocks(size) - 1))

    def pay(self, cost: Cost, *, size: int = 0, rows: int = 0) -> None:
        """Charge for something that is no command of the wire. Raises as `pay_for`."""
        self._charge(cost.bucket, cost.price * max(_blocks(size), -(-rows // ROWS)))

    def pay_for_room(self) -> None:
        """Charge for a room that is about to be made. Raises as `pay_for`."""
        most = conf.get("ROOM_RATE")
        keys = [self._person_key, self._guest_network]
        for key in keys:
            if key is not None and most:
                _take(f"{ROOMS} {key}", 1, most, HOUR)

    def _charge(self, bucket: str, cost: float) -> None:
        # The person first: what is refused to one guest is not charged to all those of the network.
        if not cost:
            return
        if self._person_key is not None and (most := conf.get("POSTS_PER_MINUTE")):
            _take(f"{bucket} {self._person_key}", cost, most, MINUTE)
        if self._guest_network is not None and (most := conf.get("GUEST_RATE")):
            _take(f"{bucket} from {self._guest_network}", cost, most, MINUTE)


def _take(key: str, cost: float, amount: float, period: float) -> None:
    if wait := buckets().charge(key, cost, amount, period):
        raise RateLimited(retry_after=wait)


def _blocks(size: int) -> int:
    return max(1, -(-size // BLOCK))


def _size_of(command: wire.Command) -> int:
    body = getattr(command, "body", "")
    return len(body) if body.isascii() else len(body.encode("utf-8", "surrogatepass"))


def _rows_of(command: wire.Command) -> int:
    if isinstance(command, wire.History):
        return command.limit
    return len(command.ids) if isinstance(command, wire.Messages) else 0


_buckets: TokenBuckets | None = None


def buckets() -> TokenBuckets:
    """The buckets of this process and of those that share its ``LIMITS_FILE``, opened on first use."""
    global _buckets
    if _buckets is None:
        _buckets = TokenBuckets(conf.get("LIMITS_FILE"), settings.SECRET_KEY.encode())
    return _buckets


def _forget(*, setting: str, **_: object) -> None:
    """A test has changed a setting: limits begin anew."""
    global _buckets
    if setting.startswith(conf.PREFIX):
        _buckets = None


setting_changed.connect(_forget)
