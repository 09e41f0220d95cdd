"""PgBouncer in transaction mode before a PostgreSQL: each transaction may run on another connection than the one before."""

import shutil

import psycopg

from tests.support.servers.postgres import USER
from tests.support.servers.process import Process, free_port

CONFIGURATION = """
[databases]
* = host=127.0.0.1 port={postgres} user={user}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 5
max_client_conn = 200
"""


class PgBouncer(Process):
    """
    Args:
        folder: one that the user ``postgres`` can enter.
        postgres: a running `PostgresServer`.
    """

    def __init__(self, folder, postgres):
        self.port = free_port()
        self._postgres = postgres
        path = folder / "pgbouncer.ini"
        path.write_text(CONFIGURATION.format(postgres=postgres.port, port=self.port, user=USER))
        program = shutil.which("pgbouncer") or "/usr/sbin/pgbouncer"
        super().__init__([program, path], folder / "pgbouncer.log", user=USER)
        self.log.touch()

    def through(self, url):
        """The address of a database by this way."""
        return url.replace(f":{self._postgres.port}/", f":{self.port}/")

    def answers(self):
        try:
            psycopg.connect(self.through(self._postgres.url), connect_timeout=2).close()
        except psycopg.Error:
            return False
        return True
