"""What one turn of the event loop has gathered for the connections."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from zashiki.hub.frames import Batch, Frame

if TYPE_CHECKING:
    from zashiki.hub.connection import Connection

_first = itemgetter(0)


class FrameList:
    """Frames for the same receivers, each with its place in the turn."""

    __slots__ = ("entries",)

    def __init__(self) -> None:
        self.entries: list[tuple[int, Frame]] = []


class WriteBuffer:
    """Frames by topic, and by connection what was said to one connection alone after something had been shown to it."""

    __slots__ = ("_count", "_broadcasts", "_private", "size")

    def __init__(self) -> None:
        self._count = 0
        self._broadcasts: dict[str, FrameList] = {}
        self._private: dict[Connection, FrameList] = {}
        self.size = 0  # bytes gathered

    def __bool__(self) -> bool:
        return bool(self._count)

    def has_topic(self, topic: str) -> bool:
        return topic in self._broadcasts

    def has_frames_for(self, connection: Connection) -> bool:
        """Whether something gathered here must reach the connection before anything else does."""
        return not self._broadcasts.keys().isdisjoint(connection.topics)

    def add_broadcast(self, topic: str, frame: Frame) -> None:
        self._add(self._broadcasts, topic, frame)

    def add_private(self, connection: Connection, frame: Frame) -> None:
        self._add(self._private, connection, frame)

    def batches(
        self, connections: Mapping[str, Collection[Connection]]
    ) -> Iterator[tuple[Batch, Collection[Connection]]]:
        """All that a connection gets in one batch, with the connections that get the same. No connection is in two of them."""
        if len(self._broadcasts) == 1 and not self._private:
            ((topic, strand),) = self._broadcasts.items()
            yield _merge((strand,)), connections.get(topic, ())
            return
        same: dict[tuple[FrameList, ...], list[Connection]] = {}
        for connection, strands in self._frame_lists(connections).items():
            same.setdefault(strands, []).append(connection)
        for strands, receivers in same.items():
            yield _merge(strands), receivers

    def _frame_lists(
        self, connections: Mapping[str, Collection[Connection]]
    ) -> dict[Connection, tuple[FrameList, ...]]:
        found: dict[Connection, tuple[FrameList, ...]] = {}
        for topic, strand in self._broadcasts.items():
            alone = (strand,)
            for connection in connections.get(topic, ()):
                found[connection] = found[connection] + alone if connection in found else alone
        for connection, strand in self._private.items():
            found[connection] = (*found.get(connection, ()), strand)
        return found

    def _add(self, strands: dict[Any, FrameList], key: str | Connection, frame: Frame) -> None:
        self._count += 1
        self.size += len(frame.plain)
        strand = strands.get(key)
        if strand is None:
            strand = strands[key] = FrameList()
        strand.entries.append((self._count, frame))


def _merge(strands: tuple[FrameList, ...]) -> Batch:
    entries = strands[0].entries
    if len(strands) > 1:
        entries = sorted(chain.from_iterable(strand.entries for strand in strands), key=_first)
    return Batch([frame for _, frame in entries])
