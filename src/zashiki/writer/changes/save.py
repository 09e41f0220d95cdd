"""Keeping a message for later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from zashiki.errors import Forbidden, NotFound
from zashiki.models import SavedMessage
from zashiki.writer.changes.change import Change

if TYPE_CHECKING:
    from zashiki.writer.transaction import WriteTransaction


@dataclass(kw_only=True)
class SaveMessage(Change):
    """Applied, it returns whether the message is saved."""

    bumps_version: ClassVar[bool] = False

    message_id: int
    on: bool

    def message_ids(self) -> tuple[int, ...]:
        return (self.message_id,)

    def apply(self, transaction: WriteTransaction) -> bool:
        message = transaction.message(self.message_id)
        if message is None or message.room_id != self.room_id or (self.on and message.deleted_at is not None):
            raise NotFound
        if self.person is None or self.person.user is None:
            raise Forbidden("Sign in to save messages.")
        saved = SavedMessage.objects.using(transaction.using)
        if self.on:
            saved.get_or_create(
                user=self.person.user, message=message, defaults={"saved_at": transaction.now}
            )
        else:
            saved.filter(user=self.person.user, message=message).delete()
        return self.on
