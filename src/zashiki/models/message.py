"""What somebody said, and everything that became of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import models

NONCE_LIMIT = 64  # characters


class MessageQuerySet(models.QuerySet["Message"]):
    def changed_since(self, version: int) -> MessageQuerySet:
        return self.filter(version__gt=version).order_by("version")

    def before(self, position: int) -> MessageQuerySet:
        return self.filter(position__lt=position).order_by("-position")

    def after(self, position: int) -> MessageQuerySet:
        return self.filter(position__gt=position).order_by("position")


class Message(models.Model):
    """One message in its whole present state: a single row is all that the wire needs.

    Attributes:
        author_key, author_name: as when posted; they outlive the account.
        nonce: the author's own id for it; the same nonce in the same room is the same message.
        reactions: ``[[emoji, [[key, name], ...]], ...]`` in the order in which they were first given.
        deleted_at: a tombstone keeps its place and loses its text.
    """

    room = models.ForeignKey("zashiki.Room", on_delete=models.CASCADE, related_name="messages")
    position = models.BigIntegerField()
    version = models.BigIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    author_key = models.CharField(max_length=80)
    author_name = models.CharField(max_length=150)
    nonce = models.CharField(max_length=NONCE_LIMIT)
    body = models.TextField(blank=True)
    html = models.TextField(blank=True)
    reactions = models.JSONField(default=list, blank=True)
    reply_to = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replies")
    posted_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "position"], name="zashiki_one_message_per_position"),
            models.UniqueConstraint(fields=["room", "author_key", "nonce"], name="zashiki_one_message_per_nonce"),
        ]
        indexes = [models.Index(fields=["room", "version"], name="zashiki_message_version")]

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
            "posted_at": _instant(self.posted_at),
            "edited_at": _instant(self.edited_at),
            "deleted": self.deleted_at is not None,
            "nonce": self.nonce,
            "reactions": [
                {"emoji": emoji, "people": [{"id": key, "name": name} for key, name in people]}
                for emoji, people in self.reactions
            ],
            "reply_to": self.reply_to_id,
        }


def _instant(moment: datetime | None) -> str | None:
    """RFC 3339 in UTC with milliseconds, or ``None``."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
