"""The wire, zashiki.v1: the table of commands and events, decoding with limits, encoding.

JSON text frames. A command is an object with ``type`` and, if it wants an answer, ``ref``; it is answered exactly once by ``ok`` or ``error``
with that ``ref``. What a command may hold is its class, in the module of its noun. Unknown extra fields are ignored, so that a newer client
can talk to an older server.
"""

from msgspec import UNSET

from zashiki.wire.command import HISTORY_LIMIT, Command, Ref
from zashiki.wire.frames import Refused, decode, encode, error, event, ok
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
from zashiki.wire.table import COMMANDS, EVENTS, AnyCommand

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
    "Leave",
    "Messages",
    "People",
    "Pin",
    "Pins",
    "Post",
    "Preview",
    "React",
    "Read",
    "Ref",
    "Refused",
    "Revisions",
    "Rooms",
    "Save",
    "Saved",
    "Sit",
    "Threads",
    "Typing",
    "Unread",
    "decode",
    "encode",
    "error",
    "event",
    "ok",
]
