"""Every command that there is, once."""

from __future__ import annotations

from typing import get_args

from zashiki.wire.command import Command
from zashiki.wire.messages import (
    Delete,
    Edit,
    History,
    Messages,
    Pin,
    Pins,
    Post,
    Preview,
    React,
    Revisions,
    Save,
    Saved,
    SuggestPeople,
    Threads,
)
from zashiki.wire.rooms import Draft, MarkRead, MarkUnread, Rooms
from zashiki.wire.subscriptions import Subscribe, Typing, Unsubscribe

_Subscriptions = Subscribe | Unsubscribe | Typing
_Changes = Post | Edit | Delete | React | Pin | Save
_Past = History | Messages | Revisions | Pins | Saved | Threads | SuggestPeople | Preview
_Reading = Rooms | MarkRead | MarkUnread | Draft

AnyCommand = _Subscriptions | _Changes | _Past | _Reading

COMMANDS: tuple[type[Command], ...] = get_args(AnyCommand)
"""Each with its fields; ``docs/wire.md`` has the same table for strangers."""

EVENTS = frozenset(
    {
        "message",
        "room",
        "resync",
        "unsubscribed",
        "permissions",
        "rooms_changed",
        "activity",
        "read_state",
        "draft",
        "message_saved",
        "typing",
        "presence",
    }
)
"""What may be heard without asking."""
