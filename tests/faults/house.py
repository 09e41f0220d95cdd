"""The real thing: a database, Redis, the processes of a chat server, and a proxy in front of it."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

from tests.faults.proxy import Proxy
from tests.servers import PostgresServer, RedisServer, ZashikiServer
from tests.servers.process import free_port

HEARTBEAT = 1.0  # seconds
PLANTED = "tests.faults.planted"


class House:
    """
    Args:
        folder: where everything of this house lies.
        workers: processes; more than one get PostgreSQL and Redis, one has SQLite in a file and nobody to talk to.
        planted: name of the bug in `planted.BUGS` that its processes run with, or ``None``.
        env: what to add to the environment.
        postgres, redis: servers to share with others; ``None`` for some of its own.
    """

    def __init__(self, folder, workers=2, planted=None, env=None, postgres=None, redis=None):
        self.folder = Path(folder)
        self.workers = workers
        self.redis, self.postgres = redis, postgres
        self._own = []  # servers to stop in the end
        self._planted = planted
        self._env = {
            "ZASHIKI_HEARTBEAT": HEARTBEAT,
            "ZASHIKI_CLOSE_SPREAD": 1,
            "ZASHIKI_POST_RATE": 0,
            "ZASHIKI_LOG_LEVEL": "warning",
            **(env or {}),
        }

    @property
    def is_alone(self):
        return self.workers == 1

    async def __aenter__(self):
        await asyncio.to_thread(self._start)
        self.proxy = await Proxy(self.servers[0].port).start()
        # Two servers of one worker each stand on two ports: every second client goes to the other.
        self.proxies = [self.proxy, *[await Proxy(server.port).start() for server in self.servers[1:]]]
        return self

    async def __aexit__(self, *_):
        for proxy in self.proxies:
            await proxy.stop()
        await asyncio.to_thread(self._stop)

    def socket_url(self, number):
        """Where the client of this number connects to."""
        return f"ws://127.0.0.1:{self.proxies[number % len(self.proxies)].port}/ws/zashiki/"

    async def ask(self, name, *arguments):
        """Have the hand do something; raises `RuntimeError` when it could not."""
        return await asyncio.to_thread(self._ask, self.hand, name, arguments)

    async def ask_another(self, name, *arguments):
        """The same by a second hand, while the first is needed for something else."""
        return await asyncio.to_thread(self._ask, self.other_hand, name, arguments)

    @property
    def worker_pids(self):
        """The processes that serve."""
        if self.is_alone or self._planted:
            return [server.pid for server in self.servers]
        return [pid for pid in _children(self.servers[0].pid) if "spawn_main" in _command(pid)]

    @property
    def output(self):
        return "".join(server.output for server in self.servers)

    # Private

    def _start(self):
        (self.folder / "house").mkdir()
        self._env["ZASHIKI_DATA"] = self.folder / "house"
        if not self.is_alone:
            self.redis = self.redis or self._started(RedisServer)
            self.postgres = self.postgres or self._started(PostgresServer)
            self.database = self.postgres.new_database()
            self._env |= {"ZASHIKI_REDIS": self.redis.url, "ZASHIKI_DATABASE": self.database}
        self._env = {name: str(value) for name, value in self._env.items()}
        self.hand, self.other_hand = self._hand(), self._hand()
        self._ask(self.hand, "migrate", ())
        self.servers = [self._server(number) for number in range(self.workers if self._planted else 1)]
        for server in self.servers:
            server.start()

    def _server(self, number):
        env = self._env | {"PLANTED_BUG": self._planted or ""}
        options = [] if self._planted else ["--workers", str(self.workers)]
        command = [sys.executable, "-m", PLANTED] if self._planted else None
        return ZashikiServer(self.folder / "house", *options, port=free_port(), env=env, command=command)

    def _hand(self):
        command = [sys.executable, "-m", "tests.faults.hand"]
        return subprocess.Popen(
            command, env={**os.environ, **self._env, "DJANGO_SETTINGS_MODULE": "zashiki.server.settings"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip

    def _ask(self, hand, name, arguments):
        hand.stdin.write(json.dumps([name, *arguments]) + "\n")
        hand.stdin.flush()
        kind, answer = json.loads(hand.stdout.readline())
        if kind == "error":
            raise RuntimeError(f"{name}: {answer}")
        return answer

    def _stop(self):
        for hand in (self.hand, self.other_hand):
            hand.stdin.close()
            hand.wait(20)
        for server in (*self.servers, *self._own):
            server.stop()

    def _started(self, kind):
        folder = self.folder / kind.__name__
        folder.mkdir()
        server = kind(folder).start()
        self._own.append(server)
        return server


def _children(pid):
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _command(pid):
    return Path(f"/proc/{pid}/cmdline").read_bytes().decode()
