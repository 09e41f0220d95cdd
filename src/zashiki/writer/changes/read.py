"""How far somebody has read. Theirs alone: no version is taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from zashiki.errors import NotFound
from zashiki.writer.changes.change import Change

if TYPE_CHECKING:
    from zashiki.writer.ledger import Ledger


@dataclass(kw_only=True)
class MarkRead(Change):
    """Read up to a position; never goes back. Applied, it returns how far this person has read."""

    takes_version: ClassVar[bool] = False

    position: int

    def apply(self, ledger: Ledger) -> int:
        position = min(self.position, ledger.room(self.room_id).position)
        return ledger.memberships.read(self, position)


@dataclass(kw_only=True)
class MarkUnread(Change):
    """Unread from a position on. Applied, it returns how far this person has read: to just before it."""

    takes_version: ClassVar[bool] = False

    position: int

    def apply(self, ledger: Ledger) -> int:
        position = max(0, min(self.position - 1, ledger.room(self.room_id).position))
        return ledger.memberships.read(self, position, back=True)


@dataclass(kw_only=True)
class MarkThreadRead(Change):
    """The same for a thread that this person follows."""

    takes_version: ClassVar[bool] = False

    thread: int
    position: int

    def about(self) -> tuple[int, ...]:
        return (self.thread,)

    def apply(self, ledger: Ledger) -> int:
        root = ledger.message(self.thread)
        if root is None or root.room_id != self.room_id:
            raise NotFound
        position = min(self.position, ledger.room(self.room_id).position)
        if self.person is not None and self.person.user is not None:
            ledger.threads.read(root.pk, self.person.user.pk, position)
        return position
