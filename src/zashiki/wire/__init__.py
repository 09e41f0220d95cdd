"""The wire, zashiki.v1: the table of commands and events, decoding with limits, encoding.

JSON text frames. A command is an object with ``type`` and, if it wants an answer, ``ref``; it is answered exactly once by ``ok`` or ``error``
with that ``ref``. What a command may hold is its class, in the module of its noun. Unknown extra fields are ignored, so that a newer client
can talk to an older server.
"""

from msgspec import UNSET

from zashiki.wire.codec import CommandError, decode, encode, error, event, ok
from zashiki.wire.command import HISTORY_LIMIT, Command, Ref
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
from zashiki.wire.registry import COMMANDS, EVENTS, AnyCommand
from zashiki.wire.rooms import Draft, MarkRead, MarkUnread, Rooms
from zashiki.wire.subscriptions import Subscribe, Typing, Unsubscribe

PROTOCOL = "zashiki.v1"

__all__ = [
    "COMMANDS",
    "EVENTS",
    "HISTORY_LIMIT",
    "PROTOCOL",
    "UNSET",
    "AnyCommand",
    "Command",
    "Delete",
    "Draft",
    "Edit",
    "History",
    "Unsubscribe",
    "Messages",
    "SuggestPeople",
    "Pin",
    "Pins",
    "Post",
    "Preview",
    "React",
    "MarkRead",
    "Ref",
    "CommandError",
    "Revisions",
    "Rooms",
    "Save",
    "Saved",
    "Subscribe",
    "Threads",
    "Typing",
    "MarkUnread",
    "decode",
    "encode",
    "error",
    "event",
    "ok",
]
