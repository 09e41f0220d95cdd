"""A database by its address."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SQLITE_TIMEOUT = 20  # seconds to wait for another process that writes
POOL = {
    "min_size": 1,
    "max_size": 20,
    "timeout": 10,
}  # connections of one process; seconds that a thread waits for one
SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;"


def database(url: str) -> dict[str, Any]:
    """Django's entry for a database.

    Args:
        url: ``sqlite:///relative.sqlite3``, ``sqlite:////absolute.sqlite3`` or ``postgresql://user:password@host:port/name``;
            what follows a ``?`` becomes options of the connection (``?sslmode=require``).

    Raises:
        ValueError: with a sentence for whoever wrote the address.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path[1:]))
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgresql(parts)
    raise ValueError(
        "The database must be an address such as postgresql://user:password@host:5432/name or sqlite:////srv/zashiki/rooms.sqlite3."
    )


def _sqlite(path: str) -> dict[str, Any]:
    if not path:
        raise ValueError(
            "The address of an SQLite database needs a path: sqlite:////srv/zashiki/rooms.sqlite3."
        )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,  # threads stay, and so do their connections
        # IMMEDIATE: a transaction that is going to write waits for its turn instead of failing half-way.
        "OPTIONS": {
            "timeout": SQLITE_TIMEOUT,
            "transaction_mode": "IMMEDIATE",
            "init_command": SQLITE_PRAGMAS,
        },
    }


def _postgresql(parts: Any) -> dict[str, Any]:
    name = unquote(parts.path[1:])
    if not name:
        raise ValueError(
            "The address of a PostgreSQL database ends with its name: postgresql://user:password@host:5432/name."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        # Threads take their connections from a pool, which asks for their health first.
        "OPTIONS": {"pool": POOL, **dict(parse_qsl(parts.query))},
        "CONN_HEALTH_CHECKS": True,
        # A pooler such as PgBouncer may run each transaction on another connection; Django prepares no statements by itself.
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }
