"""A router as Django's documentation has it: everything is read from a replica."""

REPLICA = "replica"


class LaggingReads:
    def db_for_read(self, model, **hints):
        return REPLICA

    def db_for_write(self, model, **hints):
        return "default"

    def allow_relation(self, one, other, **hints):
        return True

    def allow_migrate(self, db, app_label, **hints):
        return db == "default"
