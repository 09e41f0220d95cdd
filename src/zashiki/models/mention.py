"""A message that speaks to somebody."""

from __future__ import annotations

from django.db import models

from zashiki.models.primary import KEY_LIMIT, PrimaryModel


class Mention(PrimaryModel):
    """One key of one message's mentions, so that unread mentions are counted by their index.

    Attributes:
        key: a person's, or `messages.mention_syntax.EVERYBODY`.
    """

    message = models.ForeignKey("zashiki.Message", on_delete=models.CASCADE, related_name="+")
    room = models.ForeignKey("zashiki.Room", on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=KEY_LIMIT)
    position = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "key", "position"], name="zashiki_one_mention")
        ]

    def __str__(self) -> str:
        return f"{self.key} at {self.position}"
