"""Every command that there is, once."""

from __future__ import annotations

from typing import get_args

from zashiki.wire.command import Command
from zashiki.wire.messages import (
    Delete,
    Edit,
    History,
    Messages,
    People,
    Pin,
    Pins,
    Post,
    Preview,
    React,
    Revisions,
    Save,
    Saved,
    Threads,
)
from zashiki.wire.reading import Draft, Read, Rooms, Unread
from zashiki.wire.seats import Leave, Sit, Typing

_Seats = Sit | Leave | Typing
_Changes = Post | Edit | Delete | React | Pin | Save
_Past = History | Messages | Revisions | Pins | Saved | Threads | People | Preview
_Reading = Rooms | Read | Unread | Draft

AnyCommand = _Seats | _Changes | _Past | _Reading

COMMANDS: tuple[type[Command], ...] = get_args(AnyCommand)
"""Each with its fields; ``docs/wire.md`` has the same table for strangers."""

EVENTS = frozenset(
    {
        "message",
        "room",
        "resumed",
        "left",
        "can",
        "rooms",
        "bell",
        "read",
        "draft",
        "saved",
        "typing",
        "presence",
    }
)
"""What may be heard without asking."""
