"""Commands about subscription in a room."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from zashiki.wire.command import Clock, Command, Id


class Subscribe(Command):
    """Sit down in a room: answered with the room, then what changed `since`, then live.

    Attributes:
        room: id, or name; unset: the room of the socket's address.
        since: the last version that was seen; ``None`` for nothing yet.
        epoch: the word that came with that version.
    """

    room: Id | Annotated[str, Meta(max_length=400)] | UnsetType = UNSET
    since: Clock | None = None
    epoch: Annotated[str, Meta(max_length=32)] | None = None


class Unsubscribe(Command):
    room: Id


class Typing(Command):
    room: Id
