"""How far somebody has read. Theirs alone: no version is taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from zashiki.errors import NotFound
from zashiki.messages.mentions import unread_mentions
from zashiki.messages.unread import deleted_after
from zashiki.writer.changes.change import Change

if TYPE_CHECKING:
    from zashiki.writer.transaction import WriteTransaction


@dataclass(frozen=True, slots=True)
class ReadState:
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
    def of(cls, change: Change, position: int, head: int) -> ReadState:
        if position >= head:
            return cls(position, head, [], [])
        mentions = unread_mentions(change.person, change.room_id, position)
        return cls(position, head, mentions, deleted_after(change.room_id, position))


@dataclass(kw_only=True)
class MarkRead(Change):
    """Read up to a position; never goes back. Applied, it returns a `Reading`."""

    bumps_version: ClassVar[bool] = False

    position: int

    def apply(self, transaction: WriteTransaction) -> ReadState:
        head = transaction.room(self.room_id).position
        position = transaction.memberships.record_read(self, min(self.position, head))
        return ReadState.of(self, position, head)


@dataclass(kw_only=True)
class MarkUnread(Change):
    """Unread from a position on. Applied, it returns a `Reading`, up to just before it."""

    bumps_version: ClassVar[bool] = False

    position: int

    def apply(self, transaction: WriteTransaction) -> ReadState:
        head = transaction.room(self.room_id).position
        position = transaction.memberships.record_read(
            self, min(self.position - 1, head), allow_backward=True
        )
        return ReadState.of(self, position, head)


@dataclass(kw_only=True)
class MarkThreadRead(Change):
    """The same for a thread that this person follows."""

    bumps_version: ClassVar[bool] = False

    thread: int
    position: int

    def message_ids(self) -> tuple[int, ...]:
        return (self.thread,)

    def apply(self, transaction: WriteTransaction) -> ReadState:
        root = transaction.message(self.thread)
        if root is None or root.room_id != self.room_id:
            raise NotFound
        head = transaction.room(self.room_id).position
        position = min(self.position, head)
        if self.person is not None and self.person.user is not None:
            transaction.threads.read(root.pk, self.person.user.pk, position)
        return ReadState.of(self, position, head)
