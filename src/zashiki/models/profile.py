"""How a user of the site shows themselves in the rooms."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from zashiki.models.avatar import Avatar
from zashiki.models.primary import PrimaryModel

STATUS_LIMIT = 100  # characters


class Profile(PrimaryModel):
    """Made on first use; who has none is shown under the account's name, with drawn initials.

    Attributes:
        name: what others see; empty for the account's name.
        status: a few words on what one is doing; empty for none.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="zashiki_profile"
    )
    name = models.CharField(max_length=50, blank=True)
    status = models.CharField(max_length=STATUS_LIMIT, blank=True)
    avatar = models.ForeignKey(Avatar, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return self.name or str(self.user)

    @classmethod
    def of(cls, user: Any) -> Profile:
        """The user's profile; a new, unsaved one for somebody who has changed nothing yet."""
        return cls.objects.select_related("avatar").filter(user=user).first() or cls(user=user)
