"""A PostgreSQL of the benchmark's own: a fresh cluster with its defaults, ``fsync`` on, on the load's core."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .process import LOAD_CORE, Server, free_port, serving

PROGRAMS = Path("/usr/lib/postgresql")
ACCOUNT = "postgres"  # whom it runs as when we are root, as which it refuses to run


def missing() -> str | None:
    """Why there is none, or None."""
    return None if _program("initdb") else "PostgreSQL is not installed: apt-get install postgresql"


@contextmanager
def postgres() -> Iterator[Server]:
    """Runs it until the block ends; its CPU does not count as the server's and is shown by itself."""
    place = Path(tempfile.mkdtemp(prefix="zashiki-bench-"))
    port = free_port()
    try:
        if os.getuid() == 0:
            shutil.chown(place, ACCOUNT)
        made = [*_as_owner(), _program("initdb"), "-D", str(place / "data"), "-U", ACCOUNT, "-A", "trust"]
        subprocess.run(made, check=True, capture_output=True)
        options = ["-p", str(port), "-k", str(place), "-c", "listen_addresses=127.0.0.1"]
        command = [*_as_owner(), _program("postgres"), "-D", str(place / "data"), *options]
        with serving("postgres", command, port, core=LOAD_CORE) as server:
            yield server
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def database(name: str) -> Iterator[str]:
    """Address of an empty database in a server of its own, which lasts until the block ends."""
    with postgres() as server:
        words = ["-h", "127.0.0.1", "-p", str(server.port), "-U", ACCOUNT, name]
        subprocess.run([_program("createdb"), *words], check=True, capture_output=True)
        yield f"postgresql://{ACCOUNT}@127.0.0.1:{server.port}/{name}"


def _as_owner() -> list[str]:
    return (
        ["setpriv", f"--reuid={ACCOUNT}", f"--regid={ACCOUNT}", "--init-groups"] if os.getuid() == 0 else []
    )


def _program(name: str) -> str:
    found = sorted(PROGRAMS.glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name) or ""
