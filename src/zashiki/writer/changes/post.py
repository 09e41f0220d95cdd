"""Saying something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zashiki.errors import Conflict, NotFound
from zashiki.models import Message
from zashiki.writer.changes.body import BodyChange

if TYPE_CHECKING:
    from zashiki.writer.transaction import WriteTransaction


@dataclass(kw_only=True)
class PostMessage(BodyChange):
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

    def message_ids(self) -> tuple[int, ...]:
        return tuple(each for each in (self.reply_to, self.thread) if each is not None)

    def apply(self, transaction: WriteTransaction) -> Message:
        self.check_may_read(transaction)
        if known := transaction.message_with_nonce(self):
            if known.body != self.body and known.edited_at is None and known.deleted_at is None:
                raise Conflict
            return known  # whatever has become of the right to post: it was stored while there was one
        self.check_may_change(transaction)
        quoted, root = self._quoted(transaction), self._root(transaction)
        message = transaction.add(self, quoted, root)
        if self.person is not None and self.person.user is not None:
            transaction.memberships.record_post(self.room_id, self.person.user.pk, message.position)
        if root is not None:
            transaction.threads.record_reply(root, message)
            transaction.change(root, "replies", "replied_at")
        return message

    def _quoted(self, transaction: WriteTransaction) -> Message | None:
        if self.reply_to is None:
            return None
        quoted = transaction.message(self.reply_to)
        if quoted is None or quoted.room_id != self.room_id:
            raise NotFound("The message you are replying to is not in this room.")
        return quoted

    def _root(self, transaction: WriteTransaction) -> Message | None:
        if self.thread is None:
            return None
        root = transaction.message(self.thread)
        if root is None or root.room_id != self.room_id or root.thread_id is not None:
            raise NotFound("Thread not found in this room.")
        return root
