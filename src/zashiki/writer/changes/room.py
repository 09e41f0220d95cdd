"""What can be done to the room itself: one change of its fields, one version."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from zashiki.errors import Forbidden
from zashiki.models import STATE_FIELDS, Room
from zashiki.person import Person
from zashiki.policy import policy
from zashiki.writer.changes import Change
from zashiki.writer.sync import _change as store_now

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


def change_room(room: Room, *, by: Person | None = None, **fields: Any) -> Room:
    """Give the room other values of its `STATE_FIELDS`, within the caller's transaction; shown to everybody after its commit.

    Args:
        by: who changes it, of whom the policy is asked; ``None`` for the site itself.

    Returns:
        The room as it then is; the argument is left as it was.

    Raises:
        Forbidden: this person may not manage the room.
        IntegrityError: the name is another room's.
    """
    return store_now(ChangeRoom(room_id=room.pk, person=by, fields=fields))
