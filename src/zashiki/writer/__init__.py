"""The one place where changes are stored.

Two doors, one ledger: `Writer` takes commands from sockets and stores those that wait together in one transaction; `post`, `edit`, `delete` and
`react` are for views, tasks and the shell, and store within the caller's transaction. Both announce after the commit and never before.
"""

from zashiki.writer.changes import (
    Change,
    DeleteMessage,
    EditMessage,
    KeepDraft,
    MarkRead,
    MarkThreadRead,
    MarkUnread,
    PinMessage,
    PostMessage,
    ReactToMessage,
    Reading,
    SaveMessage,
)
from zashiki.writer.direct import delete, edit, post, react
from zashiki.writer.queue import Writer

__all__ = [
    "Change",
    "DeleteMessage",
    "EditMessage",
    "KeepDraft",
    "MarkRead",
    "MarkThreadRead",
    "MarkUnread",
    "PinMessage",
    "PostMessage",
    "ReactToMessage",
    "Reading",
    "SaveMessage",
    "Writer",
    "delete",
    "edit",
    "post",
    "react",
]
