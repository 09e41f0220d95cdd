"""What can be done in a room, each a class: who may do it, and what it does to the rows."""

from zashiki.writer.changes.change import Change, ChangeOfMessage
from zashiki.writer.changes.delete import DeleteMessage
from zashiki.writer.changes.draft import KeepDraft
from zashiki.writer.changes.edit import EditMessage
from zashiki.writer.changes.pin import PinMessage
from zashiki.writer.changes.post import PostMessage
from zashiki.writer.changes.react import ReactToMessage
from zashiki.writer.changes.read import MarkRead, MarkThreadRead, MarkUnread, Reading
from zashiki.writer.changes.save import SaveMessage

__all__ = [
    "Change",
    "ChangeOfMessage",
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
]
