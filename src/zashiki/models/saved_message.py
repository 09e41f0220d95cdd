"""A message that somebody keeps for later."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from zashiki.models.primary import PrimaryModel


class SavedMessage(PrimaryModel):
    """Seen by nobody else."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    message = models.ForeignKey("zashiki.Message", on_delete=models.CASCADE, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "message"], name="zashiki_saved_once")]

    def __str__(self) -> str:
        return f"{self.message_id} for {self.user}"
