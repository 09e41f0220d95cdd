"""A Redis of the benchmark's own: empty, without persistence, on the load's core."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from .process import LOAD_CORE, Server, free_port, serving


def missing() -> str | None:
    """Why there is none, or None."""
    return (
        None
        if shutil.which("redis-server")
        else "redis-server is not installed: apt-get install redis-server"
    )


@contextmanager
def redis() -> Iterator[Server]:
    """Runs it until the block ends; its CPU does not count as the server's and is shown by itself."""
    port = free_port()
    words = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with serving("redis", ["redis-server", *words], port, core=LOAD_CORE) as server:
        yield server


def address(server: Server) -> str:
    """What a Redis client connects to."""
    return f"redis://127.0.0.1:{server.port}/0"
