"""Taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zashiki.errors import Forbidden
from zashiki.models import Message, Room
from zashiki.people import Person
from zashiki.policy import policy
from zashiki.writer.changes.change import ChangeOfMessage

if TYPE_CHECKING:
    from zashiki.writer.ledger import Ledger


@dataclass(kw_only=True)
class DeleteMessage(ChangeOfMessage):
    """A tombstone stays in its place; every text that it ever had is gone."""

    def is_allowed(self, person: Person | None, room: Room) -> bool:
        return True  # `can_delete` says so for each message

    def apply(self, ledger: Ledger) -> Message:
        message = self.message(ledger)
        if self.person is not None and not policy().can_delete(self.person, message):
            raise Forbidden
        message.body = message.html = ""
        message.reactions = []
        message.pinned_at = message.pinned_by = None
        message.deleted_at = ledger.now
        ledger.forget_revisions(message)
        ledger.speak(message, [])
        ledger.change(
            message, "body", "html", "reactions", "mentions", "pinned_at", "pinned_by", "deleted_at"
        )
        if message.thread_id is not None and (root := ledger.message(message.thread_id)):
            ledger.threads.taken_back(root)
            ledger.change(root, "replies")
        return message
