"""Reads from the database that is written to.

A site may read from a replica that is some seconds behind (Django, "Multiple databases"). A room's versions, permissions and memberships decide
what is shown and to whom, and a client is never given an older message again. So every model of Zashiki is read where it is written.
"""

from __future__ import annotations

from typing import TypeVar

from django.apps import apps
from django.db import models, router, transaction

Row = TypeVar("Row", bound=models.Model)

KEY_LIMIT = 400  # characters of a person's key: "u", and the primary key of a user as text


class PrimaryManager(models.Manager[Row]):
    """Reads from the primary database, unless the caller names another one (`using`)."""

    def get_queryset(self) -> models.QuerySet[Row]:
        found = super().get_queryset()
        return found if self._db else found.using(router.db_for_write(self.model))


class PrimaryModel(models.Model):
    """Base of all models. Its manager is also the one by which Django loads a related object."""

    objects = PrimaryManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"


def primary() -> str:
    """The alias of the database in which rooms are written."""
    return router.db_for_write(apps.get_model("zashiki", "Room"))


def atomic() -> transaction.Atomic:
    """A transaction in that database, to be used as ``with atomic():``."""
    return transaction.atomic(using=primary())
