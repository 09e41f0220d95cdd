"""A user who was taken out of a room."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from zashiki.models.primary import PrimaryModel


class Removal(PrimaryModel):
    """Whoever was removed does not come back by a link into the room, an old one or a new one, until a moderator adds them again."""

    room = models.ForeignKey("zashiki.Room", on_delete=models.CASCADE, related_name="+", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "user"], name="zashiki_one_removal")]

    def __str__(self) -> str:
        return f"{self.user} removed from {self.room}"
