"""Keeping a message where everybody finds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zashiki.errors import Invalid
from zashiki.models import Message, Room
from zashiki.person import Person
from zashiki.policy import policy
from zashiki.writer.changes.change import MessageChange

if TYPE_CHECKING:
    from zashiki.writer.transaction import WriteTransaction

PIN_LIMIT = 100  # pinned messages of a room


@dataclass(kw_only=True)
class PinMessage(MessageChange):
    """Pins a message or unpins it; the policy says who may."""

    on: bool

    def is_allowed(self, person: Person | None, room: Room) -> bool:
        return policy().can_pin(person, room)

    def apply(self, transaction: WriteTransaction) -> Message:
        message = self.message(transaction)
        if self.on == (message.pinned_at is not None):
            return message
        if (
            self.on
            and Message.objects.using(transaction.using).filter(room=self.room_id).pinned().count()
            >= PIN_LIMIT
        ):
            raise Invalid("This room has reached the limit of pinned messages.")
        assert self.person is not None, "somebody pins"
        message.pinned_at = transaction.now if self.on else None
        message.pinned_by = [self.person.key, self.person.name] if self.on else None
        return transaction.change(message, "pinned_at", "pinned_by")
