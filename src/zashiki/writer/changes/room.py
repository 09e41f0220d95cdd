"""What can be done to the room itself: one change of its fields, one version."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from zashiki.errors import Forbidden
from zashiki.models import STATE_FIELDS, Room
from zashiki.policy import policy
from zashiki.writer.changes import Change

if TYPE_CHECKING:
    from zashiki.writer.transaction import WriteTransaction


@dataclass(slots=True, kw_only=True)
class ChangeRoom(Change):
    """Give some of the room's `STATE_FIELDS` other values; nothing happens when they have them already.

    Attributes:
        fields: new values by field.
    """

    fields: dict[str, Any] = field(default_factory=dict)

    def apply(self, transaction: WriteTransaction) -> Room:
        room = transaction.room(self.room_id)
        if self.person is not None and not policy().can_manage(self.person, room):
            raise Forbidden
        before = room.state()
        for name, value in self.fields.items():
            assert name in STATE_FIELDS, f"{name} is not part of a room's state"
            setattr(room, name, value)
        return room if room.state() == before else transaction.change_room(room)
