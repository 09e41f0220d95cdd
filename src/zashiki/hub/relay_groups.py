"""Which of the layer's groups this process is in: what is wanted, what is so, and the work between the two."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import lru_cache

from zashiki.hub.relay_status import RelayStatus

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

    def __init__(self, add: Operation, discard: Operation, outage: RelayStatus, retry: float) -> None:
        self._add = add
        self._discard = discard
        self._status = outage
        self._retry = retry
        self._wanted: Counter[str] = Counter()  # topics that are wanted, and for how many reasons
        self._entered: set[str] = set()  # topics whose group was asked for, with or without success
        self._joined: set[str] = set()
        self._generation = 0  # how often all of that was in doubt: what was under way then does not count
        self._to_reconcile: dict[str, None] = {}  # topics to be looked at, the oldest first
        self._waiting: dict[str, list[asyncio.Future[None]]] = {}
        self._work: asyncio.Task[None] | None = None

    def join(self, topic: str) -> None:
        self._wanted[topic] += 1
        if self._wanted[topic] == 1:
            self._schedule(topic)

    def leave(self, topic: str) -> None:
        """Undo one `join`."""
        self._wanted[topic] -= 1
        if self._wanted[topic] <= 0:
            del self._wanted[topic]
            self._schedule(topic)

    async def wait_joined(self, topic: str) -> None:
        """Returns when the group of a wanted topic has been joined, or at once while the layer is down."""
        if topic in self._joined or topic not in self._wanted or self._status.is_down:
            return
        future = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(topic, []).append(future)
        await future

    def invalidate(self) -> None:
        """Join everything again: the layer may have forgotten."""
        self._generation += 1
        self._joined.clear()
        for topic in self._wanted:
            self._schedule(topic)

    async def renew(self) -> None:
        """The same; returns when it is done, or at once while the layer is down."""
        self.invalidate()
        for topic in list(self._wanted):
            await self.wait_joined(topic)

    async def close(self) -> None:
        """Leave every group as far as the layer lets us."""
        self._wanted.clear()
        if self._work is not None:
            self._work.cancel()
            await asyncio.gather(self._work, return_exceptions=True)
        self._release_all()
        for topic in list(self._entered):
            try:
                await self._reconcile(topic)
            except Exception as fault:
                return self._status.record_failure("leaving", fault)

    def _schedule(self, topic: str) -> None:
        self._to_reconcile[topic] = None
        if self._work is None or self._work.done():
            self._work = asyncio.get_running_loop().create_task(self._reconcile_all(), name="zashiki groups")

    async def _reconcile_all(self) -> None:
        while self._to_reconcile:
            topic = next(iter(self._to_reconcile))
            del self._to_reconcile[topic]
            try:
                await self._reconcile(topic)
                self._status.record_success("joining")
            except Exception as fault:
                self._to_reconcile[topic] = None
                self._status.record_failure("joining", fault)
                self._release_all()
                await asyncio.sleep(self._retry)

    async def _reconcile(self, topic: str) -> None:
        if topic in self._wanted and topic not in self._joined:
            self._entered.add(topic)
            doubts = self._generation
            await self._add(topic)
            if doubts == self._generation:
                self._joined.add(topic)
        elif topic not in self._wanted and topic in self._entered:
            self._joined.discard(topic)
            await self._discard(topic)
            self._entered.discard(topic)
        if (topic in self._wanted) != (topic in self._joined):  # it changed while the layer was busy
            self._to_reconcile[topic] = None
        else:
            self._release(topic)

    def _release(self, topic: str) -> None:
        for future in self._waiting.pop(topic, ()):
            if not future.done():
                future.set_result(None)

    def _release_all(self) -> None:
        for topic in list(self._waiting):
            self._release(topic)
