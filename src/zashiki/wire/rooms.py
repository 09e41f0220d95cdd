"""Commands about what somebody has read, and is writing."""

from __future__ import annotations

from zashiki.wire.command import Clock, Command, Id


class Rooms(Command):
    """One's rooms, with what is unread; from then on a bell rings for them."""


class MarkRead(Command):
    """Read up to a position.

    Attributes:
        thread: the root of a thread that one follows, if it is the thread that was read.
    """

    room: Id
    position: Clock
    thread: Id | None = None


class MarkUnread(Command):
    """Unread from a position on."""

    room: Id
    position: Id


class Draft(Command):
    """What one has begun to write; empty when it was sent or given up."""

    room: Id
    body: str
