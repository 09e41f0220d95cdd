"""Saying it better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zashiki.errors import Forbidden
from zashiki.models import Message
from zashiki.policy import policy
from zashiki.writer.changes.body import ChangeOfBody
from zashiki.writer.changes.change import ChangeOfMessage

if TYPE_CHECKING:
    from zashiki.writer.ledger import Ledger


@dataclass(kw_only=True)
class EditMessage(ChangeOfBody, ChangeOfMessage):
    """The text that it takes the place of is kept as a revision."""

    def apply(self, ledger: Ledger) -> Message:
        message = self.message(ledger)
        if self.person is not None and not policy().can_edit(self.person, message):
            raise Forbidden
        if message.body == self.body:
            return message
        ledger.keep_revision(message)
        message.body, message.html, message.edited_at = self.body, self.html, ledger.now
        ledger.speak(message, self.mentions)
        return ledger.change(message, "body", "html", "edited_at", "mentions")
