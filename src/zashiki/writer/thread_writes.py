"""What a transaction writes of threads: what their roots tell of the replies, and who follows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from zashiki.messages.mentions import user_pks
from zashiki.models import REPLIERS_SHOWN, Message, ThreadFollow

Follower = tuple[Any, int]  # a user's primary key and a root's id


class ThreadWrites:
    """Args:
    now: the moment of the transaction.
    """

    def __init__(self, using: str, now: datetime) -> None:
        self._using = using
        self._now = now
        self._followers: set[Follower] = set()
        self._read: dict[Follower, int] = {}

    def record_reply(self, root: Message, reply: Message) -> None:
        """The root tells of one more reply; who began, who replies and who is spoken to follows."""
        known = root.replies or {"count": 0, "people": []}
        speaker = [reply.author_key, reply.author_name]
        others = [each for each in known["people"] if each[0] != reply.author_key]
        root.replies = {
            "count": known["count"] + 1,
            "last_position": reply.position,
            "people": [speaker, *others][:REPLIERS_SHOWN],
        }
        root.replied_at = self._now
        users = [
            *user_pks(reply.mentions),
            *(pk for pk in (root.author_id, reply.author_id) if pk is not None),
        ]
        self._followers.update((pk, root.pk) for pk in users)
        if reply.author_id is not None:
            self._read[reply.author_id, root.pk] = reply.position

    def record_deleted_reply(self, root: Message) -> None:
        """A reply was deleted."""
        if root.replies is not None:
            left = root.replies["count"] - 1
            root.replies = {**root.replies, "count": left} if left else None

    def read(self, root_id: int, user_pk: Any, position: int) -> None:
        self._read[user_pk, root_id] = max(position, self._read.get((user_pk, root_id), 0))

    def write(self) -> None:
        followings = ThreadFollow.objects.using(self._using)
        if self._followers:
            made = [
                ThreadFollow(user_id=pk, root_id=root_id) for pk, root_id in sorted(self._followers, key=str)
            ]
            followings.bulk_create(made, ignore_conflicts=True)
        for (pk, root_id), position in sorted(
            self._read.items(), key=str
        ):  # in one order, as all that is locked
            followings.filter(user=pk, root=root_id, read_position__lt=position).update(
                read_position=position
            )
