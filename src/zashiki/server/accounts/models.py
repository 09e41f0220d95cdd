"""An account of its own kind from the first day, because Django cannot change its mind about that later."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from zashiki.person import NAME_LIMIT


class Account(AbstractUser):
    """Somebody who signs in. One name, as one says it: which part of it is the first is nobody's business."""

    first_name = None  # type: ignore[assignment]  # how Django leaves out an inherited column
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("name"), max_length=NAME_LIMIT, blank=True)

    full_name_columns = ("name",)

    class Meta(AbstractUser.Meta):
        pass

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name or self.username
