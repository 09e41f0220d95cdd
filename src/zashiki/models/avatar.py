"""Pictures of people: small, drawn anew by us, and named by what is in them."""

from __future__ import annotations

import hashlib

from django.db import models

from zashiki.models.primary import PrimaryModel


class Avatar(PrimaryModel):
    """A square WebP picture, kept in the table: a few kilobytes that belong into the same backup.

    Attributes:
        digest: of the content, in hexadecimal; the picture's address. What an address shows never changes.
    """

    digest = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.digest[:12]

    @classmethod
    def store(cls, content: bytes) -> Avatar:
        """The picture with this content; equal ones are kept once."""
        digest = hashlib.sha256(content).hexdigest()
        return cls.objects.get_or_create(digest=digest, defaults={"content": content})[0]
