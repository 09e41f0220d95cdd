"""Routers as Django's documentation has them."""

REPLICA, ROOMS = "replica", "rooms"


class LaggingReads:
    """Everything is read from a replica."""

    def db_for_read(self, model, **hints):
        return REPLICA

    def db_for_write(self, model, **hints):
        return "default"

    def allow_relation(self, one, other, **hints):
        return True

    def allow_migrate(self, db, app_label, **hints):
        return db == "default"


class OnlyRooms:
    """Everything is in one database, which is not the default one."""

    def db_for_read(self, model, **hints):
        return ROOMS

    db_for_write = db_for_read

    def allow_migrate(self, db, app_label, **hints):
        return db == ROOMS
