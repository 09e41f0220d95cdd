"""A Redis without persistence: what is killed or flushed is forgotten."""

import redis
from redis.exceptions import RedisError

from tests.support.servers.process import Process, free_port


class RedisServer(Process):
    """
    Args:
        folder: where it runs.
        *options: more words for ``redis-server``.
    """

    def __init__(self, folder, *options):
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        command = [
            "redis-server",
            "--bind",
            "127.0.0.1",
            "--port",
            self.port,
            "--dir",
            folder,
            "--save",
            "",
            "--appendonly",
            "no",
            *options,
        ]
        super().__init__(command, folder / "redis.log")

    def client(self):
        return redis.Redis(port=self.port, socket_timeout=5)

    def answers(self):
        with self.client() as client:
            try:
                return client.ping()
            except RedisError:
                return False

    def flush(self):
        """Forget everything, groups of the core layer included."""
        with self.client() as client:
            client.flushall()
