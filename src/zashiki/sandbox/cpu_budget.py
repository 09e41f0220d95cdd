"""How much confined CPU time one author may use."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

AT_ONCE = 0.5  # seconds of CPU
PER_SECOND = 0.05  # seconds of CPU that come back every second: a twentieth of a core
KNOWN_LIMIT = 4096  # authors whose use is remembered


class Budget:
    """Seconds of CPU by author; refilled evenly.

    Args:
        clock: seconds, monotonic.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._used: dict[str, tuple[float, float]] = {}  # seconds used up, and when that was so

    def left(self, author: str) -> float:
        """Seconds that this author has left; nothing is below zero."""
        return max(0.0, AT_ONCE - self._used_by(author))

    def spend(self, author: str, seconds: float) -> None:
        with self._lock:
            used = self._used_by(author) + seconds
            self._used.pop(author, None)  # the latest is the last
            self._used[author] = used, self._clock()
            while len(self._used) > KNOWN_LIMIT:
                del self._used[next(iter(self._used))]

    def _used_by(self, author: str) -> float:
        used, when = self._used.get(author, (0.0, 0.0))
        return max(0.0, used - (self._clock() - when) * PER_SECOND)
