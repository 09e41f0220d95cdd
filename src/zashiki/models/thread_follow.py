"""A thread in which somebody takes part."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from zashiki.models.primary import PrimaryModel


class ThreadFollow(PrimaryModel):
    """Who began a thread, replies in it or is spoken to there follows it.

    Attributes:
        root: the message with which the thread begins.
        read_position: the newest reply this person has read.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    root = models.ForeignKey("zashiki.Message", on_delete=models.CASCADE, related_name="+")
    read_position = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "root"], name="zashiki_one_following")]

    def __str__(self) -> str:
        return f"{self.user} in the thread of {self.root_id}"
