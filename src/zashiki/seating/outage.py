"""One line in the log when the layer goes away, one when it is back."""

from __future__ import annotations

import logging

log = logging.getLogger("zashiki.seating")


class Outage:
    """Attributes:
    lasts: whether the last thing that was tried with the layer failed.
    """

    def __init__(self) -> None:
        self.lasts = False

    def began(self, doing: str, fault: BaseException) -> None:
        """Something failed: told once until `ended`."""
        if not self.lasts:
            log.error(
                "channel layer is down (%s: %r); seats of this process get what is broadcast here only",
                doing,
                fault,
            )
        self.lasts = True

    def ended(self) -> bool:
        """Something worked. Whether it had failed before."""
        ended, self.lasts = self.lasts, False
        if ended:
            log.warning("channel layer is back")
        return ended
