"""How fast one connection is listened to."""

from __future__ import annotations

import asyncio
import time


class Throttle:
    """A token bucket that waits instead of refusing. While it waits the connection is not read, so TCP slows the client down.

    Args:
        rate: messages per second in the long run; 0 for no limit.
        burst: messages that are taken at any speed first.
    """

    __slots__ = ("_rate", "_burst", "_left", "_seen")

    def __init__(self, rate: float, burst: int) -> None:
        self._rate = rate
        self._burst = float(burst)
        self._left = float(burst)
        self._seen = time.monotonic()

    async def wait(self) -> None:
        """Returns when one more message may be handled."""
        if not self._rate:
            return
        now = time.monotonic()
        self._left = min(self._burst, self._left + (now - self._seen) * self._rate) - 1
        self._seen = now
        if self._left < 0:
            await asyncio.sleep(-self._left / self._rate)
