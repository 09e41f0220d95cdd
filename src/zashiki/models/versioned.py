"""What takes a version of a room's clock: a message, or the room itself."""

from __future__ import annotations

from zashiki.models.message import Message
from zashiki.models.room import Room

Versioned = Message | Room


def room_version_of(changed: Versioned) -> tuple[int, int]:
    """The room's id, and the version at which this last changed."""
    if isinstance(changed, Room):
        return changed.pk, changed.state_version
    return changed.room_id, changed.version
