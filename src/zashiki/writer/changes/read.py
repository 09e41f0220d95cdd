"""How far somebody has read. Theirs alone: no version is taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from zashiki.errors import NotFound
from zashiki.mentions import unread
from zashiki.unread import deleted_after
from zashiki.writer.changes.change import Change

if TYPE_CHECKING:
    from zashiki.writer.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Reading:
    """Attributes:
    position: how far somebody has read now.
    head: the room's newest position at that moment: what they posted up to there is taken into account.
    mentions: the positions of what is unread and speaks to them.
    deleted: the positions of what was deleted before it was read.
    """

    position: int
    head: int
    mentions: list[int]
    deleted: list[int]

    @classmethod
    def of(cls, change: Change, position: int, head: int) -> Reading:
        if position >= head:
            return cls(position, head, [], [])
        mentions = unread(change.person, change.room_id, position)
        return cls(position, head, mentions, deleted_after(change.room_id, position))


@dataclass(kw_only=True)
class MarkRead(Change):
    """Read up to a position; never goes back. Applied, it returns a `Reading`."""

    takes_version: ClassVar[bool] = False

    position: int

    def apply(self, ledger: Ledger) -> Reading:
        head = ledger.room(self.room_id).position
        position = ledger.memberships.read(self, min(self.position, head))
        return Reading.of(self, position, head)


@dataclass(kw_only=True)
class MarkUnread(Change):
    """Unread from a position on. Applied, it returns a `Reading`, up to just before it."""

    takes_version: ClassVar[bool] = False

    position: int

    def apply(self, ledger: Ledger) -> Reading:
        head = ledger.room(self.room_id).position
        position = ledger.memberships.read(self, min(self.position - 1, head), back=True)
        return Reading.of(self, position, head)


@dataclass(kw_only=True)
class MarkThreadRead(Change):
    """The same for a thread that this person follows."""

    takes_version: ClassVar[bool] = False

    thread: int
    position: int

    def about(self) -> tuple[int, ...]:
        return (self.thread,)

    def apply(self, ledger: Ledger) -> Reading:
        root = ledger.message(self.thread)
        if root is None or root.room_id != self.room_id:
            raise NotFound
        head = ledger.room(self.room_id).position
        position = min(self.position, head)
        if self.person is not None and self.person.user is not None:
            ledger.threads.read(root.pk, self.person.user.pk, position)
        return Reading.of(self, position, head)
