"""A change as it is shown: the message's whole present state, encoded once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from zashiki import wire
from zashiki.models import Message


@dataclass(frozen=True, slots=True)
class Event:
    """One version of one message.

    Attributes:
        payload: the event of zashiki.v1, encoded.
    """

    version: int
    position: int
    message_id: int
    payload: bytes

    def in_tutorial_dialect(self) -> bytes | None:
        """The same for a client of the Channels tutorial; ``None`` for a tombstone, of which that dialect cannot speak."""
        message = json.loads(self.payload)["message"]
        if message["deleted"]:
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

    def packed(self) -> list[Any]:
        """For a layer message: plain values, text rather than bytes, since not every layer carries bytes."""
        return [self.version, self.position, self.message_id, self.payload.decode()]

    @classmethod
    def unpacked(cls, packed: Sequence[Any]) -> Event:
        version, position, message_id, payload = packed
        return cls(version, position, message_id, payload.encode())


def event_of(message: Message) -> Event:
    payload = wire.event("message", room=message.room_id, version=message.version, message=message.state())
    return Event(message.version, message.position, message.pk, payload)
