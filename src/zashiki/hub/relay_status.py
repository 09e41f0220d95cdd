"""One line in the log when the layer goes away, one when it is back."""

from __future__ import annotations

import logging
from collections.abc import Callable

log = logging.getLogger("zashiki.hub")


class RelayStatus:
    """Lasts from the first failure until everything that failed has worked again.

    Joining and leaving may work without a word to Redis, so what works says nothing about what else has failed.

    Args:
        begin: called when an outage begins.
        end: called when it has ended.
    """

    def __init__(self, begin: Callable[[], None], end: Callable[[], None]) -> None:
        self._begin = begin
        self._end = end
        self._failing: set[str] = set()

    @property
    def is_down(self) -> bool:
        return bool(self._failing)

    def record_failure(self, doing: str, fault: BaseException) -> None:
        """Something failed: told once in an outage."""
        if not self._failing:
            log.error(
                "channel layer is down (%s: %r); broadcasts reach the connections of this process only",
                doing,
                fault,
            )
            self._begin()
        self._failing.add(doing)

    def record_success(self, doing: str) -> None:
        if doing in self._failing:
            self._failing.discard(doing)
            if not self._failing:
                log.warning("channel layer is back")
                self._end()
