"""What the whole database has one of: its epoch, and the clock of rights that ended."""

from __future__ import annotations

import secrets

from django.db import connections, models

from zashiki.models.primary import KEY_LIMIT, PrimaryModel


def new_epoch() -> str:
    return secrets.token_hex(6)


class SystemState(PrimaryModel):
    """The one row that all rooms share.

    The *epoch* is a random word of this database's life. A restored backup rewinds the rooms' clocks, so the restore
    must renew the epoch: a client that names another one is given the newest page instead of a wrong difference.

    *rights* is a clock like a room's: each ended right takes its next number under this row's lock, so a process that
    knows the number it has seen can tell from one row whether it missed any.
    """

    epoch = models.CharField(max_length=32, default=new_epoch)
    permissions_version = models.BigIntegerField(default=0)

    @classmethod
    def load(cls) -> SystemState:
        """The row, made on first use."""
        return cls.objects.get_or_create(pk=1)[0]

    @classmethod
    def lock(cls) -> SystemState:
        """The row, locked until the end of the caller's transaction."""
        # SQLite has no row locks: a write takes its only one, if nothing was read before that somebody else has changed since.
        if not cls.objects.filter(pk=1).update(permissions_version=models.F("permissions_version")):
            cls.load()
        return cls.objects.select_for_update().get(pk=1)

    @classmethod
    def current_epoch(cls, using: str) -> str:
        """The epoch. Read by every page, so without building a query first."""
        with connections[using].cursor() as cursor:
            cursor.execute(f"SELECT epoch FROM {cls._meta.db_table} WHERE id = 1")
            row = cursor.fetchone()
        return str(row[0]) if row else cls.load().epoch

    @classmethod
    def current_permissions_version(cls, using: str) -> int:
        """The clock of rights. Read by every transaction that posts, so without building a query first."""
        with connections[using].cursor() as cursor:
            cursor.execute(f"SELECT permissions_version FROM {cls._meta.db_table} WHERE id = 1")
            row = cursor.fetchone()
        return int(row[0]) if row else 0

    def renew_epoch(self) -> None:
        """To be called after a backup was restored."""
        self.epoch = new_epoch()
        self.save(update_fields=["epoch"])


class PermissionChange(PrimaryModel):
    """A right that ended: what was seated under it must be looked at again.

    Empty fields mean *any*: a room without a person concerns everybody in it, a person without a room all their connections.
    """

    version = models.BigIntegerField(unique=True)
    room = models.ForeignKey("zashiki.Room", on_delete=models.CASCADE, null=True, related_name="+")
    person_key = models.CharField(max_length=KEY_LIMIT, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
