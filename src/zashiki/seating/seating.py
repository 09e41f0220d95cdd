"""Who sits where in this process, and what they are shown."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from typing import Any

from zashiki.seating.frames import Frame
from zashiki.seating.relay import Relay
from zashiki.seating.seat import Seat
from zashiki.seating.turn import Turn

Listener = Callable[[str, dict[str, Any]], None]

_TURN_LIMIT = 256 * 1024  # bytes gathered at which a turn is written without waiting for its end


class Seating:
    """Topics and seats of one event loop. To be used on that loop only; `zashiki.seating.broadcast` is for everybody else.

    A seat gets exactly what is shown while it sits: nothing from before, and nothing after it has left.

    Args:
        layer: the channel layer to the other processes; ``None`` if there are none.

    Attributes:
        relay: the way to the other processes.
    """

    def __init__(self, layer: Any) -> None:
        self._loop = asyncio.get_running_loop()
        self._seats: dict[
            str, dict[Seat, None]
        ] = {}  # a dict is a set in the order of sitting down, which is also that of memory
        self._turn = Turn()
        self._end_of_turn: asyncio.Handle | None = None
        self._fallen: list[Seat] | None = None  # those who fell behind in the flush that is running
        self._listeners: list[tuple[str, Listener]] = []
        self.relay = Relay(layer, self._heard)

    async def sit(self, topic: str, seat: Seat) -> None:
        """Seat at once; returns when what other processes broadcast arrives here too, or when the layer is down."""
        self.place(topic, seat)
        await self.relay.joined(topic)

    def place(self, topic: str, seat: Seat) -> None:
        """Seat at once, without waiting for the layer. A closed seat is not seated."""
        if seat.closed:
            return
        if self._turn.concerns(topic):
            self.flush()
        if topic not in self._seats:
            self._seats[topic] = {}
            self.relay.join(topic)
        self._seats[topic][seat] = None
        seat.topics.add(topic)
        seat.belong(self)

    def leave(self, topic: str, seat: Seat) -> None:
        """Take the seat away; no fault if it does not sit there."""
        if topic not in seat.topics:
            return
        if self._turn.concerns(topic):
            self.flush()
        # The flush may have closed the seat or put it behind, and whoever was told may have had it leave.
        if topic in seat.topics:
            self._remove(topic, seat)

    def leave_all(self, seat: Seat) -> None:
        self.flush_for(seat)
        for topic in list(seat.topics):
            self._remove(topic, seat)

    def seats(self, topic: str) -> Collection[Seat]:
        return self._seats.get(topic, ())

    def topics(self) -> Collection[str]:
        """Those with seats in this process."""
        return self._seats.keys()

    def show(
        self, topic: str, payload: bytes | str, *, binary: bool = False, ephemeral: bool = False
    ) -> None:
        """To everybody who sits here, in this process alone.

        Args:
            payload: a whole message; UTF-8 unless `binary`.
            ephemeral: to be dropped for a seat that has more than its low mark waiting.
        """
        if topic not in self._seats:
            return
        self._turn.show(
            topic, Frame(payload.encode() if isinstance(payload, str) else payload, binary, ephemeral)
        )
        if self._turn.size >= _TURN_LIMIT:
            self.flush()
        elif self._end_of_turn is None:
            self._end_of_turn = self._loop.call_soon(self.flush)

    def say(self, seat: Seat, frame: Frame) -> bool:
        """Gather a private message behind what the seat is shown in this turn. False if nothing was: it can go at once."""
        if self._turn and seat.live and self._turn.awaits(seat):
            self._turn.say(seat, frame)
            if self._turn.size >= _TURN_LIMIT:
                self.flush()
            return True
        return False

    def flush(self) -> None:
        """Write what this turn has gathered now: one write for each seat."""
        if self._end_of_turn is not None:
            self._end_of_turn.cancel()
            self._end_of_turn = None
        if not self._turn:
            return
        turn, self._turn = self._turn, Turn()
        fallen: list[Seat] = []
        self._fallen = fallen
        for batch, seats in turn.batches(self._seats):
            for seat in seats:
                seat.write(batch)
        self._fallen = None
        for seat in fallen:
            seat.tell_behind()

    def flush_for(self, seat: Seat) -> None:
        """The same, if the seat gets something of it."""
        if self._turn and seat.live and self._turn.awaits(seat):
            self.flush()

    def tell_after_flush(self, seat: Seat) -> bool:
        """Whether a seat that just fell behind will be told by the flush that is running: nobody is called in the midst of it."""
        if self._fallen is None:
            return False
        self._fallen.append(seat)
        return True

    async def broadcast(
        self, topic: str, payload: bytes | str, *, binary: bool = False, ephemeral: bool = False
    ) -> bool:
        """To everybody who sits here in any process. False: in this one only, since the layer is down."""
        self.show(topic, payload, binary=binary, ephemeral=ephemeral)
        return await self.relay.tell(topic, payload, binary=binary, ephemeral=ephemeral)

    def listen(self, prefix: str, listener: Listener) -> None:
        """Have rings on topics with this prefix told: called with the topic and the message. For topics that are joined or sat in."""
        self._listeners.append((prefix, listener))

    def join(self, topic: str) -> None:
        """Hear rings on a topic without a seat in it, until `part` is called as often."""
        self.relay.join(topic)

    def part(self, topic: str) -> None:
        self.relay.part(topic)

    async def ring(self, topic: str, message: dict[str, Any]) -> bool:
        """Tell the listeners in every other process. False: nobody was told, since the layer is down."""
        return await self.relay.ring(topic, message)

    async def renew(self) -> None:
        """Join all groups again: a layer may have forgotten them. To be called by a heartbeat."""
        await self.relay.renew()

    async def close(self) -> None:
        """Leave the layer. Seats stay as they are."""
        self.flush()
        await self.relay.close()

    def _remove(self, topic: str, seat: Seat) -> None:
        seat.topics.discard(topic)
        seats = self._seats[topic]
        seats.pop(seat, None)
        if not seats:
            del self._seats[topic]
            self.relay.part(topic)

    def _heard(self, topic: str, entry: Any) -> None:
        """From another process: see `relay`."""
        if isinstance(entry, dict):
            for prefix, listener in self._listeners:
                if topic.startswith(prefix):
                    listener(topic, entry)
        else:
            payload, binary, ephemeral = entry
            self.show(topic, payload, binary=binary, ephemeral=ephemeral)
