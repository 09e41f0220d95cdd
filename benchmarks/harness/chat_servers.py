"""Servers that store what is said: ours as it is served, and the ordinary way."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import psycopg

from . import postgres
from .peers import PLACE, python_path, uvicorn
from .process import ROOT, Server, free_port, serving


@dataclass(frozen=True)
class Storage:
    """Where a chat server keeps things.

    Attributes:
        address: of the database: a path for SQLite, or ``postgresql://``.
        folder: for other files.
    """

    address: str
    folder: Path


@dataclass(frozen=True)
class ChatServer:
    """A server with a database.

    Attributes:
        key: what files are called.
        name: what the tables call it.
        dialect: of ``load/posts.c``.
        table: where its messages are.
        command: makes the words of its command from a port.
        env: makes its environment from its storage and the address of a Redis.
        prepare: command that makes the tables; empty when the server does so itself.
    """

    key: str
    name: str
    dialect: str
    table: str
    command: Callable[[int], list[str]]
    env: Callable[[Storage, str], dict[str, str]]
    prepare: tuple[str, ...] = ()

    def missing(self, database: str) -> str | None:
        """Why it cannot run on ``sqlite`` or ``postgresql`` here, or None."""
        return postgres.missing() if database == "postgresql" else None


@contextmanager
def storage(chat_server: ChatServer, kind: str) -> Iterator[Storage]:
    """An empty place for a chat server, which lasts until the block ends.

    Args:
        kind: ``sqlite`` or ``postgresql``.
    """
    with tempfile.TemporaryDirectory(prefix="zashiki-bench-") as folder:
        file = nullcontext(f"{folder}/db.sqlite3")
        with postgres.database(chat_server.key) if kind == "postgresql" else file as address:
            kept = Storage(address, Path(folder))
            if chat_server.prepare:
                subprocess.run(
                    chat_server.prepare, check=True, env={**os.environ, **chat_server.env(kept, "")}, cwd=ROOT
                )
            yield kept


@contextmanager
def opened(chat_server: ChatServer, kept: Storage, broker: str) -> Iterator[Server]:
    """Runs a chat server until the block ends.

    Args:
        broker: address of a Redis.
    """
    port = free_port()
    with serving(
        chat_server.key, chat_server.command(port), port, env=chat_server.env(kept, broker)
    ) as server:
        yield server


def stored(chat_server: ChatServer, kept: Storage) -> int:
    """How many messages the chat server's table holds."""
    question = f"SELECT count(*) FROM {chat_server.table}"
    if kept.address.startswith("postgresql:"):
        with psycopg.connect(kept.address) as connection:
            row = connection.execute(question).fetchone()
    else:
        row = sqlite3.connect(kept.address).execute(question).fetchone()
    return int(row[0]) if row else 0


def _serve(port: int) -> list[str]:
    return [sys.executable, "-m", "zashiki.server.cli", "serve", "--port", str(port)]


def _served(kept: Storage, broker: str) -> dict[str, str]:
    """As ``zashiki serve`` comes, but for the limit on one person's posts and the log of each socket."""
    is_file = not kept.address.startswith("postgresql:")
    return {
        "PYTHONPATH": python_path(),
        "ZASHIKI_DATA_DIR": str(kept.folder),
        "ZASHIKI_DATABASE_URL": f"sqlite:///{kept.address}" if is_file else kept.address,
        "ZASHIKI_REDIS_URL": broker,
        "ZASHIKI_POSTS_PER_MINUTE": "0",
        "ZASHIKI_GUEST_RATE": "0",
        "ZASHIKI_ROOM_RATE": "0",
        "ZASHIKI_GUEST_CONNECTIONS": "0",
        "ZASHIKI_LOG_LEVEL": "warning",
    }


def _plain(kept: Storage, broker: str) -> dict[str, str]:
    return {
        "PYTHONPATH": python_path(),
        "BENCH_LAYER": "pubsub",
        "BENCH_REDIS": broker,
        "BENCH_DATABASE": kept.address,
    }


def _served_alone(kept: Storage, broker: str) -> dict[str, str]:
    return _served(kept, "")


ALONE = ChatServer("alone", "zashiki serve", "zashiki", "zashiki_message", _serve, _served_alone)
ZASHIKI = ChatServer("zashiki", "zashiki serve, Redis pub/sub", "zashiki", "zashiki_message", _serve, _served)
ORDINARY = ChatServer(
    "tutorial",
    "tutorial async, acreate per message, pub/sub",
    "tutorial",
    "storing_message",
    uvicorn("channels_tutorial_stored"),
    _plain,
    (sys.executable, str(PLACE / "channels_tutorial_stored.py")),
)
CHAT_SERVERS = (ALONE, ZASHIKI, ORDINARY)
