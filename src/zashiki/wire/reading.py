"""Commands about what somebody has read."""

from __future__ import annotations

from zashiki.wire.command import Clock, Command, Id


class Read(Command):
    room: Id
    position: Clock
