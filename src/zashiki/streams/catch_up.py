"""What somebody who sits down, or was behind, is given before they are live."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from zashiki.streams.event import Event


@dataclass(slots=True)
class CatchUp:
    """Attributes:
    events: what changed, ascending by version; when `limited`, the room itself if it ever changed, then the newest messages ascending by
        position, so that whoever has got the newest of them has got all.
    version: what they have seen after it.
    limited: it is the newest page and not the difference; what the client held must be let go.
    more: there are older messages than the page's.
    """

    events: list[Event]
    version: int
    limited: bool = False
    more_before: bool = False

    def extend(self, missed: list[Event], version: int) -> None:
        """Bring it up to a later version.

        Args:
            missed: all that changed since its own version, ascending by version.
        """
        self.version = version
        if not self.limited:
            self.events += missed
            return
        first = min((event.position for event in self.events if not event.is_state), default=0)
        newest = {event.message_id: event for event in (*self.events, *missed)}
        shown = [event for event in newest.values() if event.is_state or event.position >= first]
        self.events = sorted(shown, key=lambda event: event.position)

    def truncate(self, size: int) -> bool:
        """Keep about `size` bytes. True: it is still all that was missed; False: it now ends at an earlier version.

        The newest page loses its oldest messages instead: `more` says that there are such.
        """
        sizes = [len(event.payload) for event in self.events]
        if sum(sizes) <= size:
            return True
        if self.limited:
            state = [event for event in self.events if event.is_state]
            messages = self.events[len(state) :]
            self.events = state + messages[-_fitting(reversed(sizes[len(state) :]), size) :]
            self.more_before = True
            return True
        self.events = self.events[: _fitting(sizes, size)]
        self.version = self.events[-1].version
        return False


def newest_messages(messages: Iterable[Event], state: Event | None, version: int, more: bool) -> CatchUp:
    """
    Args:
        messages: ascending by position.
        state: of the room itself; ``None`` while it is as it was made.
    """
    return CatchUp([*([state] if state is not None else []), *messages], version, True, more)


def _fitting(sizes: Iterable[int], size: int) -> int:
    """How many of these fit; one in any case."""
    return max(1, sum(total <= size for total in accumulate(sizes)))
