"""The cache of the stand-alone server: a small file that all workers of a machine share. django-allauth counts attempts to sign in with it.

Redis does not hold it, so that people can sign in while Redis is away. Django's cache in memory does not hold it either: that one
forgets at random as soon as a stranger has filled its 300 entries, and each worker would count on its own.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

ENTRIES_LIMIT = 100_000  # about 30 MB; beyond that the entries that would expire first are forgotten
LOCK_TIMEOUT = 5.0  # seconds that one worker waits for another
_NEVER = 1e18  # seconds since 1970, for entries without an end
_COUNT_EVERY = 100  # entries that are added between two counts

# What a crash of the machine loses here are counts of some minutes: nothing waits for the disk.
_SETUP = """
PRAGMA journal_mode=WAL;
PRAGMA synchronous=OFF;
CREATE TABLE IF NOT EXISTS entry (key TEXT PRIMARY KEY, value BLOB NOT NULL, expires REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entry_by_end ON entry (expires);
"""

_making = threading.Lock()


class FileCache(BaseCache):
    """Django's cache interface over one SQLite file, apart from the database of the rooms.

    Args:
        location: path of the file; it is made on first use, readable by this account alone. A file that is damaged is replaced.
        params: as Django's caches take them. ``MAX_ENTRIES`` is read from ``OPTIONS``, by default `ENTRIES_LIMIT`.
    """

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._path = Path(location)
        self._limit = int(params.get("OPTIONS", {}).get("MAX_ENTRIES", ENTRIES_LIMIT))
        self._added = 0
        self._local = threading.local()

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Store a value unless there is one. True if it was stored; of several workers at the same moment one is told so."""
        row = (self._key(key, version), pickle.dumps(value), self._end(timeout), time.time())
        stored = self._run(
            "INSERT INTO entry VALUES (?1, ?2, ?3) ON CONFLICT (key) DO UPDATE"
            " SET value = excluded.value, expires = excluded.expires WHERE entry.expires <= ?4",
            row,
        )
        self._make_room()
        return stored.rowcount > 0

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        found = self._run(
            "SELECT value FROM entry WHERE key = ? AND expires > ?", (self._key(key, version), time.time())
        ).fetchone()
        return default if found is None else pickle.loads(found[0])

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        row = (self._key(key, version), pickle.dumps(value), self._end(timeout))
        self._run("INSERT OR REPLACE INTO entry VALUES (?, ?, ?)", row)
        self._make_room()

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        row = (self._end(timeout), self._key(key, version), time.time())
        return self._run("UPDATE entry SET expires = ? WHERE key = ? AND expires > ?", row).rowcount > 0

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._run("DELETE FROM entry WHERE key = ?", (self._key(key, version),)).rowcount > 0

    def clear(self) -> None:
        self._run("DELETE FROM entry", ())

    # Private

    def _key(self, key: str, version: int | None) -> str:
        return self.make_key(key, version=version)

    def _end(self, timeout: Any) -> float:
        end = self.get_backend_timeout(timeout)
        return _NEVER if end is None else end

    def _make_room(self) -> None:
        self._added += 1
        if self._added % _COUNT_EVERY:
            return
        self._run("DELETE FROM entry WHERE expires <= ?", (time.time(),))
        excess = self._run("SELECT count(*) FROM entry", ()).fetchone()[0] - self._limit
        if excess > 0:
            first = "SELECT key FROM entry ORDER BY expires LIMIT ?"
            self._run(f"DELETE FROM entry WHERE key IN ({first})", (excess,))

    def _run(self, statement: str, values: tuple[Any, ...]) -> sqlite3.Cursor:
        return self._with_sound_file(lambda: self._connection().execute(statement, values))

    def _with_sound_file(self, work: Callable[[], sqlite3.Cursor]) -> sqlite3.Cursor:
        try:
            return work()
        except sqlite3.OperationalError:  # locked, or the disk is full
            raise
        except sqlite3.DatabaseError:  # not a database any more
            self._local.connection = None
            for path in (self._path, *self._companions()):
                with suppress(FileNotFoundError):
                    path.unlink()
            return work()

    def _companions(self) -> list[Path]:
        return [self._path.with_name(self._path.name + end) for end in ("-wal", "-shm")]

    def _connection(self) -> sqlite3.Connection:
        """A connection for each thread, and after a fork for each process."""
        known = getattr(self._local, "connection", None)
        if known is None or known[0] != os.getpid():
            known = self._local.connection = (os.getpid(), self._connect())
        connection: sqlite3.Connection = known[1]
        return connection

    def _make_file(self) -> None:
        """Make the file for this account alone, and leave one that there is untouched.

        Closing any descriptor of a file gives up all locks that its process holds on it (fcntl(2), "Record locks"), those of SQLite too
        (https://sqlite.org/howtocorrupt.html, 2.2): another worker would then remove the log that is written to here, and counts would be lost.
        """
        with _making, suppress(FileExistsError):
            os.close(os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))

    def _connect(self) -> sqlite3.Connection:
        self._make_file()
        connection = sqlite3.connect(self._path, timeout=LOCK_TIMEOUT, isolation_level=None)
        connection.executescript(_SETUP)
        return connection
