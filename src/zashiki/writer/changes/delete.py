"""Taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zashiki.errors import Forbidden
from zashiki.models import Message, Room
from zashiki.person import Person
from zashiki.policy import policy
from zashiki.writer.changes.change import MessageChange

if TYPE_CHECKING:
    from zashiki.writer.transaction import WriteTransaction


@dataclass(kw_only=True)
class DeleteMessage(MessageChange):
    """A tombstone stays in its place; every text that it ever had is gone."""

    def is_allowed(self, person: Person | None, room: Room) -> bool:
        return True  # `can_delete` says so for each message

    def apply(self, transaction: WriteTransaction) -> Message:
        message = self.message(transaction)
        if self.person is not None and not policy().can_delete(self.person, message):
            raise Forbidden
        message.body = message.html = ""
        message.reactions = []
        message.pinned_at = message.pinned_by = None
        message.deleted_at = transaction.now
        transaction.forget_revisions(message)
        transaction.set_mentions(message, [])
        transaction.change(
            message, "body", "html", "reactions", "mentions", "pinned_at", "pinned_by", "deleted_at"
        )
        if message.thread_id is not None and (root := transaction.message(message.thread_id)):
            transaction.threads.record_deleted_reply(root)
            transaction.change(root, "replies")
        return message
