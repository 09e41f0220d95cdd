"""The one place where changes are stored.

Two doors, one transaction: `Writer` takes commands from sockets and stores those that wait together in one transaction; `post`, `edit`, `delete` and
`react` are for views, tasks and the shell, and store within the caller's transaction. Both announce after the commit and never before.
"""

from zashiki.writer.changes import (
    Change,
    DeleteMessage,
    EditMessage,
    MarkRead,
    MarkThreadRead,
    MarkUnread,
    PinMessage,
    PostMessage,
    ReactToMessage,
    ReadState,
    SaveDraft,
    SaveMessage,
)
from zashiki.writer.sync import delete, edit, post, react
from zashiki.writer.writer import Writer

__all__ = [
    "Change",
    "DeleteMessage",
    "EditMessage",
    "SaveDraft",
    "MarkRead",
    "MarkThreadRead",
    "MarkUnread",
    "PinMessage",
    "PostMessage",
    "ReactToMessage",
    "ReadState",
    "SaveMessage",
    "Writer",
    "delete",
    "edit",
    "post",
    "react",
]
