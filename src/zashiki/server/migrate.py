"""Bringing the database up to date: once, however many servers start at the same moment."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

LOCK = 0x7A617368696B69  # "zashiki", as PostgreSQL likes it


def migrate() -> bool:
    """Apply the migrations that are missing.

    Returns:
        whether there were any.
    """
    if not _is_behind():
        return False
    with _alone():
        if behind := _is_behind():  # somebody else may have been here first
            call_command("migrate", interactive=False, verbosity=0)
    return behind


def _is_behind() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def _alone() -> Iterator[None]:
    """Nobody else migrates this database until the block ends; a process that dies lets go."""
    if connection.vendor == "postgresql":
        with _advisory_lock():
            yield
    else:
        with (Path(settings.DATA) / "migrating.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


@contextmanager
def _advisory_lock() -> Iterator[None]:
    """Held by a transaction on a connection of its own, since migrations may close the usual one.

    A lock of the session would stay with a pooler's connection after the pooler has given that to somebody else (PgBouncer, ``pool_mode =
    transaction``). The one of a transaction ends with it, whatever happens.
    """
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            yield
            cursor.execute("COMMIT")
    finally:
        own.close()
