"""What one turn of the event loop has gathered for the seats."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from zashiki.seating.frames import Batch, Frame

if TYPE_CHECKING:
    from zashiki.seating.seat import Seat

_first = itemgetter(0)


class Strand:
    """Frames for the same receivers, each with its place in the turn."""

    __slots__ = ("entries",)

    def __init__(self) -> None:
        self.entries: list[tuple[int, Frame]] = []


class Turn:
    """Frames by topic, and by seat what was said to one seat alone after something had been shown to it."""

    __slots__ = ("_count", "_shown", "_said", "size")

    def __init__(self) -> None:
        self._count = 0
        self._shown: dict[str, Strand] = {}
        self._said: dict[Seat, Strand] = {}
        self.size = 0  # bytes gathered

    def __bool__(self) -> bool:
        return bool(self._count)

    def concerns(self, topic: str) -> bool:
        return topic in self._shown

    def awaits(self, seat: Seat) -> bool:
        """Whether something gathered here must reach the seat before anything else does."""
        return not self._shown.keys().isdisjoint(seat.topics)

    def show(self, topic: str, frame: Frame) -> None:
        self._add(self._shown, topic, frame)

    def say(self, seat: Seat, frame: Frame) -> None:
        self._add(self._said, seat, frame)

    def batches(self, seats: Mapping[str, Collection[Seat]]) -> Iterator[tuple[Batch, Collection[Seat]]]:
        """All that a seat gets in one batch, with the seats that get the same. No seat is in two of them."""
        if len(self._shown) == 1 and not self._said:
            ((topic, strand),) = self._shown.items()
            yield _woven((strand,)), seats.get(topic, ())
            return
        same: dict[tuple[Strand, ...], list[Seat]] = {}
        for seat, strands in self._strands(seats).items():
            same.setdefault(strands, []).append(seat)
        for strands, receivers in same.items():
            yield _woven(strands), receivers

    def _strands(self, seats: Mapping[str, Collection[Seat]]) -> dict[Seat, tuple[Strand, ...]]:
        found: dict[Seat, tuple[Strand, ...]] = {}
        for topic, strand in self._shown.items():
            alone = (strand,)
            for seat in seats.get(topic, ()):
                found[seat] = found[seat] + alone if seat in found else alone
        for seat, strand in self._said.items():
            found[seat] = (*found.get(seat, ()), strand)
        return found

    def _add(self, strands: dict[Any, Strand], key: str | Seat, frame: Frame) -> None:
        self._count += 1
        self.size += len(frame.plain)
        strand = strands.get(key)
        if strand is None:
            strand = strands[key] = Strand()
        strand.entries.append((self._count, frame))


def _woven(strands: tuple[Strand, ...]) -> Batch:
    entries = strands[0].entries
    if len(strands) > 1:
        entries = sorted(chain.from_iterable(strand.entries for strand in strands), key=_first)
    return Batch([frame for _, frame in entries])
