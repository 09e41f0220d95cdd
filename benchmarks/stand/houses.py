"""Servers that store what is said: ours as it is served, and the ordinary way."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from . import postgres
from .peers import PLACE, SEATED_PROTOCOL, python_path, uvicorn
from .process import ROOT, Server, free_port, serving


@dataclass(frozen=True)
class House:
    """A server with a database.

    Attributes:
        key: what files are called.
        name: what the tables call it.
        dialect: of ``load/posts.c``.
        table: where its messages are.
        prepare: command that makes the tables.
        command: makes the words of its command from a port.
        env: makes its environment from the addresses of a database and a Redis.
    """

    key: str
    name: str
    dialect: str
    table: str
    prepare: tuple[str, ...]
    command: Callable[[int], list[str]]
    env: Callable[[str, str], dict[str, str]]

    def missing(self, database: str) -> str | None:
        """Why it cannot run on ``sqlite`` or ``postgresql`` here, or None."""
        return postgres.missing() if database == "postgresql" else None


def _plain(database: str, broker: str) -> dict[str, str]:
    return {
        "PYTHONPATH": python_path(),
        "BENCH_LAYER": "pubsub",
        "BENCH_REDIS": broker,
        "BENCH_DATABASE": database,
    }


ORDINARY = House(
    "ordinary",
    "tutorial async, acreate per message, pub/sub",
    "tutorial",
    "storing_message",
    (sys.executable, str(PLACE / "ordinary_posts.py")),
    uvicorn("ordinary_posts"),
    _plain,
)
ZASHIKI = House(
    "zashiki",
    "Zashiki",
    "zashiki",
    "zashiki_message",
    (sys.executable, str(PLACE / "zashiki_posts.py")),
    uvicorn("zashiki_posts", SEATED_PROTOCOL),
    _plain,
)
HOUSES = (ZASHIKI, ORDINARY)


@contextmanager
def database(house: House, kind: str) -> Iterator[str]:
    """Address of an empty database with the house's tables, which lasts until the block ends.

    Args:
        kind: ``sqlite`` or ``postgresql``.
    """
    with postgres.database(house.key) if kind == "postgresql" else _file() as address:
        env = {**os.environ, **house.env(address, "redis://127.0.0.1:1")}
        subprocess.run(house.prepare, check=True, env=env, cwd=ROOT)
        yield address


@contextmanager
def opened(house: House, address: str, broker: str) -> Iterator[Server]:
    """Runs the house on a database until the block ends.

    Args:
        broker: address of a Redis.
    """
    port = free_port()
    with serving(house.key, house.command(port), port, env=house.env(address, broker)) as server:
        yield server


def stored(house: House, address: str) -> int:
    """How many messages the house's table holds."""
    question = f"SELECT count(*) FROM {house.table}"
    if address.startswith("postgresql:"):
        with psycopg.connect(address) as connection:
            row = connection.execute(question).fetchone()
    else:
        row = sqlite3.connect(address).execute(question).fetchone()
    return int(row[0]) if row else 0


@contextmanager
def _file() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="zashiki-bench-") as place:
        yield str(Path(place) / "db.sqlite3")
