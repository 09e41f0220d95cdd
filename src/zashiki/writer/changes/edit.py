"""Saying it better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zashiki.errors import Forbidden
from zashiki.models import Message
from zashiki.policy import policy
from zashiki.writer.changes.body import BodyChange
from zashiki.writer.changes.change import MessageChange

if TYPE_CHECKING:
    from zashiki.writer.transaction import WriteTransaction


@dataclass(kw_only=True)
class EditMessage(BodyChange, MessageChange):
    """The text that it takes the place of is kept as a revision."""

    def apply(self, transaction: WriteTransaction) -> Message:
        message = self.message(transaction)
        if self.person is not None and not policy().can_edit(self.person, message):
            raise Forbidden
        if message.body == self.body:
            return message
        transaction.keep_revision(message)
        message.body, message.html, message.edited_at = self.body, self.html, transaction.now
        transaction.set_mentions(message, self.mentions)
        return transaction.change(message, "body", "html", "edited_at", "mentions")
