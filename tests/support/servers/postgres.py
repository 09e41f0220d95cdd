"""A PostgreSQL cluster in a folder of its own, with fsync as in earnest."""

import os
import pwd
import re
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

import psycopg

from tests.support.servers.process import Process, free_port

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
        command = [
            _program("postgres"),
            "-D",
            folder / "data",
            "-p",
            self.port,
            "-k",
            "",
            "-c",
            "listen_addresses=127.0.0.1",
        ]
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

    def close(self, url):
        """Take no connections to a database any more, and end those that there are."""
        name = _name(url)
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )

    def open(self, url):
        """Take connections to it again."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"ALTER DATABASE {_name(url)} ALLOW_CONNECTIONS true")

    def back_up(self, url, path):
        """As docs/deployment.md has it."""
        subprocess.run(
            [_program("pg_dump"), "--format", "custom", "--file", path, url], check=True, timeout=60
        )

    def restore(self, url, path):
        command = [_program("pg_restore"), "--clean", "--if-exists", "--single-transaction"]
        subprocess.run([*command, "--dbname", url, path], check=True, timeout=60)

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
        """``kill -9`` of the postmaster and of every backend."""
        backends = self._backends()
        super().kill()
        for pid in backends:
            _signal(pid, signal.SIGKILL)
        (self.folder / "data" / "postmaster.pid").unlink(missing_ok=True)

    def pause(self):
        super().pause()
        for pid in self._backends():
            _signal(pid, signal.SIGSTOP)

    def resume(self):
        for pid in self._backends():
            _signal(pid, signal.SIGCONT)
        super().resume()

    def _backends(self):
        """Each of them leads a session of its own, so signals to the postmaster's group do not reach them."""
        return [
            int(child) for child in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        ]

    def _make_cluster(self):
        if os.geteuid() == 0:
            shutil.chown(self.folder, USER)
            self.folder.chmod(0o700)
        command = [
            _program("initdb"),
            "-D",
            self.folder / "data",
            "-U",
            USER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale",
            "C.UTF-8",
            "-N",
        ]
        identity = (
            {"user": USER, "group": pwd.getpwnam(USER).pw_gid, "extra_groups": []}
            if os.geteuid() == 0
            else {}
        )
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.folder, **identity)


def _program(name):
    """The newest PostgreSQL's program; Debian keeps them out of the path."""
    versions = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    newest = max(
        versions, key=lambda path: int(re.sub(r"\D", "", path.parent.parent.name) or 0), default=None
    )
    found = newest or shutil.which(name)
    assert found, f"PostgreSQL's {name} is not installed; bin/test installs it on Debian"
    return str(found)


def _name(url):
    return url.rpartition("/")[2]


def _signal(pid, number):
    with suppress(ProcessLookupError):
        os.kill(pid, number)
