"""What a message said before it was edited."""

from __future__ import annotations

from typing import Any

from django.db import models

from zashiki.models.message import to_rfc3339
from zashiki.models.primary import PrimaryModel


class Revision(PrimaryModel):
    """An earlier text of a message. They go when the message is deleted.

    Attributes:
        written_at: when this text was posted, or put in the place of an earlier one.
    """

    message = models.ForeignKey("zashiki.Message", on_delete=models.CASCADE, related_name="revisions")
    body = models.TextField()
    html = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.body[:50]

    def state(self) -> dict[str, Any]:
        return {"body": self.body, "html": self.html, "written_at": to_rfc3339(self.written_at)}
