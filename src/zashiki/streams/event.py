"""A change as it is shown: the whole present state of a message, or of the room itself, encoded once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from zashiki import wire
from zashiki.models import Room, Versioned, room_version_of


@dataclass(frozen=True, slots=True)
class Event:
    """One version of one message, or of the room itself.

    Attributes:
        position: the message's; 0 for the room itself.
        message_id: 0 for the room itself.
        payload: the event of zashiki.v1, encoded.
    """

    version: int
    position: int
    message_id: int
    payload: bytes

    @property
    def is_state(self) -> bool:
        """Whether this is the room itself."""
        return self.message_id == 0

    def tutorial_payload(self) -> bytes | None:
        """The same for a client of the Channels tutorial; ``None`` for what that dialect cannot speak of: a tombstone, a room."""
        message = json.loads(self.payload).get("message")
        if message is None or message["deleted"]:
            return None
        return wire.encode(
            {
                "message": message["body"],
                "id": message["id"],
                "position": message["position"],
                "author": message["author"],
                "posted_at": message["posted_at"],
            }
        )

    def pack(self) -> list[Any]:
        """For a layer message: plain values, text rather than bytes, since not every layer carries bytes."""
        return [self.version, self.position, self.message_id, self.payload.decode()]

    @classmethod
    def unpack(cls, packed: Sequence[Any]) -> Event:
        version, position, message_id, payload = packed
        return cls(version, position, message_id, payload.encode())


def event_for(changed: Versioned) -> Event:
    _, version = room_version_of(changed)
    if isinstance(changed, Room):
        return Event(version, 0, 0, wire.event("room", version=version, room=changed.state()))
    payload = wire.event("message", room=changed.room_id, version=version, message=changed.state())
    return Event(version, changed.position, changed.pk, payload)
