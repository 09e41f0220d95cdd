"""Saying something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zashiki.errors import Conflict, NotFound
from zashiki.models import Message
from zashiki.writer.changes.body import ChangeOfBody

if TYPE_CHECKING:
    from zashiki.writer.ledger import Ledger


@dataclass(kw_only=True)
class PostMessage(ChangeOfBody):
    """Attributes:
    reply_to: id of the message that it answers with a quote.
    thread: id of the message whose thread it is a reply in.
    in_room: whether such a reply is shown in the room too.
    """

    nonce: str
    author_key: str
    author_name: str
    reply_to: int | None = None
    thread: int | None = None
    in_room: bool = True

    def about(self) -> tuple[int, ...]:
        return tuple(each for each in (self.reply_to, self.thread) if each is not None)

    def apply(self, ledger: Ledger) -> Message:
        self.check_may_read(ledger)
        if known := ledger.message_with_nonce(self):
            if known.body != self.body and known.edited_at is None and known.deleted_at is None:
                raise Conflict
            return known  # whatever has become of the right to post: it was stored while there was one
        self.check_may_change(ledger)
        quoted, root = self._quoted(ledger), self._root(ledger)
        message = ledger.add(self, quoted, root)
        if self.person is not None and self.person.user is not None:
            ledger.memberships.posted(self.room_id, self.person.user.pk, message.position)
        if root is not None:
            ledger.threads.replied(root, message)
            ledger.change(root, "replies", "replied_at")
        return message

    def _quoted(self, ledger: Ledger) -> Message | None:
        if self.reply_to is None:
            return None
        quoted = ledger.message(self.reply_to)
        if quoted is None or quoted.room_id != self.room_id:
            raise NotFound("The message that this answers is not in this room.")
        return quoted

    def _root(self, ledger: Ledger) -> Message | None:
        if self.thread is None:
            return None
        root = ledger.message(self.thread)
        if root is None or root.room_id != self.room_id or root.thread_id is not None:
            raise NotFound("There is no such thread in this room.")
        return root
