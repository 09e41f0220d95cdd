"""What somebody said, and everything that became of it."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from zashiki.models.primary import KEY_LIMIT, PrimaryManager, PrimaryModel

NONCE_LIMIT = 64  # characters
REPLIERS_SHOWN = 5  # people whose names a thread's root carries


def _partial_index(name: str, *fields: str) -> models.Index:
    return models.Index(fields=fields, name=name, condition=models.Q((f"{fields[0]}__isnull", False)))


class MessageQuerySet(models.QuerySet["Message"]):
    def changed_since(self, version: int) -> MessageQuerySet:
        return self.filter(version__gt=version).order_by("version")

    def before(self, position: int) -> MessageQuerySet:
        return self.filter(position__lt=position).order_by("-position")

    def after(self, position: int) -> MessageQuerySet:
        return self.filter(position__gt=position).order_by("position")

    def pinned(self) -> MessageQuerySet:
        return self.filter(pinned_at__isnull=False).order_by("-pinned_at")


MessageManager = PrimaryManager.from_queryset(MessageQuerySet)


class Message(PrimaryModel):
    """One message in its whole present state: a single row is all that the wire needs.

    Attributes:
        author_key, author_name: as when posted; they outlive the account.
        nonce: the author's own id for it; the same nonce in the same room is the same message.
        reactions: ``[[emoji, [[key, name], ...]], ...]`` in the order in which they were first given.
        mentions: the keys of the people it speaks to, ``room`` for everybody; `Mention` has a row for each.
        reply_to, quoted: the message that this one answers, and where and whose it is, ``[position, key, name]``: what
            does not change. Its words are asked for, so that a deleted message is never quoted.
        thread, thread_position: the root of the thread in which this is a reply, and its place.
        in_room: whether a reply in a thread is shown in the room too; true for everything else.
        replied_at, replies: of a root: when the last reply was posted, and
            ``{"count": ..., "last_position": ..., "people": [[key, name], ...]}``.
        pinned_at, pinned_by: since when and by whom it is pinned, ``[key, name]``.
        deleted_at: a tombstone keeps its place and loses its text.
    """

    room = models.ForeignKey("zashiki.Room", on_delete=models.CASCADE, related_name="messages")
    position = models.BigIntegerField()
    version = models.BigIntegerField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    author_key = models.CharField(max_length=KEY_LIMIT)
    author_name = models.CharField(max_length=150)
    nonce = models.CharField(max_length=NONCE_LIMIT)
    body = models.TextField(blank=True)
    html = models.TextField(blank=True)
    mentions = models.JSONField(default=list, blank=True)
    reactions = models.JSONField(default=list, blank=True)
    reply_to = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    quoted = models.JSONField(null=True, blank=True)
    thread = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="thread_replies", db_index=False
    )
    thread_position = models.BigIntegerField(null=True, blank=True)
    in_room = models.BooleanField(default=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    replies = models.JSONField(null=True, blank=True)
    pinned_at = models.DateTimeField(null=True, blank=True)
    pinned_by = models.JSONField(null=True, blank=True)
    posted_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[MessageManager[Self]] = MessageManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "position"], name="zashiki_one_message_per_position"),
            models.UniqueConstraint(
                fields=["room", "author_key", "nonce"], name="zashiki_one_message_per_nonce"
            ),
        ]
        indexes = [
            models.Index(fields=["room", "version"], name="zashiki_message_version"),
            # Few messages have these: the others must not pay for them.
            _partial_index("zashiki_message_answers", "reply_to"),
            _partial_index("zashiki_message_thread", "thread", "position"),
            _partial_index("zashiki_message_pinned", "pinned_at", "room"),
            models.Index(
                fields=["room", "position"],
                name="zashiki_message_deleted",
                condition=models.Q(deleted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author_name}: {self.body[:50]}"

    def state(self) -> dict[str, Any]:
        """The whole present state as the wire and the templates show it."""
        return {
            "id": self.pk,
            "room": self.room_id,
            "position": self.position,
            "version": self.version,
            "author": {"id": self.author_key, "name": self.author_name},
            "body": self.body,
            "html": self.html,
            "mentions": self.mentions,
            "posted_at": to_rfc3339(self.posted_at),
            "edited_at": to_rfc3339(self.edited_at),
            "deleted": self.deleted_at is not None,
            "nonce": self.nonce,
            "reactions": [{"emoji": emoji, "people": _people(people)} for emoji, people in self.reactions],
            "reply_to": self._quote(),
            "thread": self._thread(),
            "in_room": self.in_room,
            "replies": self._replies(),
            "pinned": self._pinned(),
        }

    def _quote(self) -> dict[str, Any] | None:
        if self.quoted is None:
            return None
        position, key, name = self.quoted
        return {"id": self.reply_to_id, "position": position, "author": {"id": key, "name": name}}

    def _thread(self) -> dict[str, Any] | None:
        return None if self.thread_id is None else {"id": self.thread_id, "position": self.thread_position}

    def _replies(self) -> dict[str, Any] | None:
        if self.replies is None:
            return None
        return {
            "count": self.replies["count"],
            "last_position": self.replies["last_position"],
            "last_at": to_rfc3339(self.replied_at),
            "people": _people(self.replies["people"]),
        }

    def _pinned(self) -> dict[str, Any] | None:
        if self.pinned_at is None or self.pinned_by is None:
            return None
        return {"at": to_rfc3339(self.pinned_at), "by": _people([self.pinned_by])[0]}


def _people(pairs: list[list[str]]) -> list[dict[str, str]]:
    return [{"id": key, "name": name} for key, name in pairs]


def as_stored(moment: datetime) -> datetime:
    """A moment with a time zone as the columns have it: without one where the site's times have none (``USE_TZ``)."""
    if settings.USE_TZ:
        return moment
    with suppress(OverflowError):  # at either end of all times
        moment = moment.astimezone(timezone.get_default_timezone())
    return moment.replace(tzinfo=None)


def to_rfc3339(moment: datetime | None) -> str | None:
    """RFC 3339 in UTC with milliseconds, or ``None``."""
    if moment is None:
        return None
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment, timezone.get_default_timezone())
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
