"""A PostgreSQL cluster in a folder of its own, with fsync as in earnest."""

import os
import pwd
import re
import shutil
import signal
import subprocess
from pathlib import Path

import psycopg

from tests.servers.process import Process, free_port

USER = "postgres"  # PostgreSQL refuses to run as root


class PostgresServer(Process):
    """
    Args:
        folder: must be reachable by the user ``postgres`` when the tests run as root.
    """

    def __init__(self, folder):
        self.port = free_port()
        self.folder = folder
        self._made = 0
        command = [_program("postgres"), "-D", folder / "data", "-p", self.port, "-k", "", "-c", "listen_addresses=127.0.0.1"]
        super().__init__([*command, "-c", "max_connections=200"], folder / "postgres.log", user=USER)
        self._make_cluster()

    @property
    def url(self):
        """The maintenance database's address; `new_database` makes one to use."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/postgres"

    def new_database(self):
        """The address of an empty database."""
        self._made += 1
        name = f"zashiki{self._made}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.url.removesuffix("/postgres") + "/" + name

    def answers(self):
        try:
            psycopg.connect(self.url, connect_timeout=2).close()
        except psycopg.Error:
            return False
        return True

    def terminate(self):
        """Fast shutdown: connections are cut, what was committed stays."""
        return self._end(signal.SIGINT)

    def kill(self):
        """``kill -9`` of the postmaster and every backend; each backend leads a session of its own."""
        backends = _children(self.pid)
        super().kill()
        for pid in backends:
            if _children_gone(pid):
                continue
            os.kill(pid, signal.SIGKILL)
        (self.folder / "data" / "postmaster.pid").unlink(missing_ok=True)

    def _make_cluster(self):
        if os.geteuid() == 0:
            shutil.chown(self.folder, USER)
            self.folder.chmod(0o700)
        command = [_program("initdb"), "-D", self.folder / "data", "-U", USER, "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8", "-N"]
        identity = {"user": USER, "group": pwd.getpwnam(USER).pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.folder, **identity)


def _program(name):
    """The newest PostgreSQL's program; Debian keeps them out of the path."""
    versions = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    newest = max(versions, key=lambda path: int(re.sub(r"\D", "", path.parent.parent.name) or 0), default=None)
    found = newest or shutil.which(name)
    assert found, f"PostgreSQL's {name} is not installed; bin/test installs it on Debian"
    return str(found)


def _children(pid):
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def _children_gone(pid):
    try:
        return "postgres" not in Path(f"/proc/{pid}/comm").read_text()
    except FileNotFoundError:
        return True
