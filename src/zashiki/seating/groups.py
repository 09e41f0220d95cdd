"""Which of the layer's groups this process is in: what is wanted, what is so, and the work between the two."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import lru_cache

from zashiki.seating.outage import Outage

Operation = Callable[[str], Awaitable[None]]

_PLAIN = re.compile(r"[a-zA-Z0-9._-]{1,80}", re.ASCII)


@lru_cache(4096)
def group_of(topic: str) -> str:
    """The layer's name for a topic: ASCII and under 100 characters, as Channels demands; different for different topics."""
    if _PLAIN.fullmatch(topic):
        return f"zashiki.{topic}"
    return f"zashiki-{hashlib.sha256(topic.encode('utf-8', 'surrogatepass')).hexdigest()}"


class Groups:
    """Joins and leaves one after the other in the background, so that any order of `join` and `part` ends in the right state.

    Args:
        add, discard: joins and leaves the group of a topic; may raise anything.
        retry: seconds between two tries while the layer is down.
    """

    def __init__(self, add: Operation, discard: Operation, outage: Outage, retry: float) -> None:
        self._add = add
        self._discard = discard
        self._outage = outage
        self._retry = retry
        self._reasons: Counter[str] = Counter()  # topics that are wanted, and for how many reasons
        self._entered: set[str] = set()  # topics whose group was asked for, with or without success
        self._joined: set[str] = set()
        self._doubts = 0  # how often all of that was in doubt: what was under way then does not count
        self._open: dict[str, None] = {}  # topics to be looked at, the oldest first
        self._waiting: dict[str, list[asyncio.Future[None]]] = {}
        self._work: asyncio.Task[None] | None = None

    def join(self, topic: str) -> None:
        self._reasons[topic] += 1
        if self._reasons[topic] == 1:
            self._look_at(topic)

    def part(self, topic: str) -> None:
        """Undo one `join`."""
        self._reasons[topic] -= 1
        if self._reasons[topic] <= 0:
            del self._reasons[topic]
            self._look_at(topic)

    async def joined(self, topic: str) -> None:
        """Returns when the group of a wanted topic has been joined, or at once while the layer is down."""
        if topic in self._joined or topic not in self._reasons or self._outage.lasts:
            return
        future = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(topic, []).append(future)
        await future

    def doubt(self) -> None:
        """Join everything again: the layer may have forgotten."""
        self._doubts += 1
        self._joined.clear()
        for topic in self._reasons:
            self._look_at(topic)

    async def renew(self) -> None:
        """The same; returns when it is done, or at once while the layer is down."""
        self.doubt()
        for topic in list(self._reasons):
            await self.joined(topic)

    async def close(self) -> None:
        """Leave every group as far as the layer lets us."""
        self._reasons.clear()
        if self._work is not None:
            self._work.cancel()
            await asyncio.gather(self._work, return_exceptions=True)
        self._release_all()
        for topic in list(self._entered):
            try:
                await self._settle(topic)
            except Exception as fault:
                return self._outage.failed("leaving", fault)

    def _look_at(self, topic: str) -> None:
        self._open[topic] = None
        if self._work is None or self._work.done():
            self._work = asyncio.get_running_loop().create_task(self._settle_all(), name="zashiki groups")

    async def _settle_all(self) -> None:
        while self._open:
            topic = next(iter(self._open))
            del self._open[topic]
            try:
                await self._settle(topic)
                self._outage.worked("joining")
            except Exception as fault:
                self._open[topic] = None
                self._outage.failed("joining", fault)
                self._release_all()
                await asyncio.sleep(self._retry)

    async def _settle(self, topic: str) -> None:
        if topic in self._reasons and topic not in self._joined:
            self._entered.add(topic)
            doubts = self._doubts
            await self._add(topic)
            if doubts == self._doubts:
                self._joined.add(topic)
        elif topic not in self._reasons and topic in self._entered:
            self._joined.discard(topic)
            await self._discard(topic)
            self._entered.discard(topic)
        if (topic in self._reasons) != (topic in self._joined):  # it changed while the layer was busy
            self._open[topic] = None
        else:
            self._release(topic)

    def _release(self, topic: str) -> None:
        for future in self._waiting.pop(topic, ()):
            if not future.done():
                future.set_result(None)

    def _release_all(self) -> None:
        for topic in list(self._waiting):
            self._release(topic)
