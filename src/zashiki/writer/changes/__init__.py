"""What can be done in a room, each a class: who may do it, and what it does to the rows."""

from zashiki.writer.changes.change import Change, MessageChange
from zashiki.writer.changes.delete import DeleteMessage
from zashiki.writer.changes.draft import SaveDraft
from zashiki.writer.changes.edit import EditMessage
from zashiki.writer.changes.pin import PinMessage
from zashiki.writer.changes.post import PostMessage
from zashiki.writer.changes.react import ReactToMessage
from zashiki.writer.changes.read import MarkRead, MarkThreadRead, MarkUnread, ReadState
from zashiki.writer.changes.save import SaveMessage

__all__ = [
    "Change",
    "MessageChange",
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
]
