"""The real thing: a database, Redis, the processes of a chat server, and a proxy in front of it."""

import asyncio
import sys
import threading
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path

from tests.faults.proxy import Proxy
from tests.faults.site_worker_client import Hand
from tests.support.servers import PostgresServer, RedisServer, ZashikiServer
from tests.support.servers.process import free_port

HEARTBEAT = 1.0  # seconds
PLANTED = "tests.faults.planted_bugs"


class Cluster:
    """
    Args:
        folder: where everything of this cluster lies.
        workers: processes; more than one get PostgreSQL and Redis, one has SQLite in a file and nobody to talk to.
        planted: name of the bug in `planted.BUGS` that its processes run with, or ``None``.
        env: what to add to the environment.
        postgres, redis: servers to share with others; ``None`` for some of its own.
    """

    def __init__(self, folder, workers=2, planted=None, env=None, postgres=None, redis=None):
        self.folder = Path(folder)
        self.workers = workers
        self.redis, self.postgres = redis, postgres
        self.servers, self.proxies = [], []
        self._shared = [server for server in (redis, postgres) if server]
        self._own = []  # servers to stop in the end
        self._hands = []
        self._spawning = threading.Lock()
        self._is_left = False
        self._planted = planted
        self._env = {
            "ZASHIKI_HEARTBEAT_INTERVAL": HEARTBEAT,
            "ZASHIKI_SHUTDOWN_JITTER": 1,
            "ZASHIKI_POSTS_PER_MINUTE": 0,
            "ZASHIKI_GUEST_RATE": 0,
            "ZASHIKI_ROOM_RATE": 0,
            "ZASHIKI_GUEST_CONNECTIONS": 0,
            "ZASHIKI_LOG_LEVEL": "warning",
            **(env or {}),
        }

    @property
    def is_alone(self):
        return self.workers == 1

    async def __aenter__(self):
        try:
            await asyncio.to_thread(self._open)
            # Two servers of one worker each stand on two ports: every second client goes to the other.
            self.proxies += [await Proxy(server.port).start() for server in self.servers]
        except BaseException:
            await self._leave(at_once=True)
            raise
        return self

    async def __aexit__(self, kind, *_):
        await self._leave(at_once=kind is not None)

    def socket_url(self, number):
        """Where the client of this number connects to."""
        return f"ws://127.0.0.1:{self.proxies[number % len(self.proxies)].port}/ws/zashiki/"

    async def ask(self, name, *arguments):
        """Have the hand do something; raises `RuntimeError` when it could not."""
        return await asyncio.to_thread(self._hands[0].ask, name, *arguments)

    async def ask_another(self, name, *arguments):
        """The same by a second hand, while the first is needed for something else."""
        return await asyncio.to_thread(self._hands[1].ask, name, *arguments)

    async def start(self, server):
        """Start one of the servers again."""
        await asyncio.to_thread(self._start, server)

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

    def _open(self):
        (self.folder / "cluster").mkdir()
        self._env["ZASHIKI_DATA_DIR"] = self.folder / "cluster"
        if not self.is_alone:
            self.redis = self.redis or self._started(RedisServer)
            self.postgres = self.postgres or self._started(PostgresServer)
            self.database = self.postgres.new_database()
            self._env |= {"ZASHIKI_REDIS_URL": self.redis.url, "ZASHIKI_DATABASE_URL": self.database}
        self._env = {name: str(value) for name, value in self._env.items()}
        self._hands += [Hand(self._env), Hand(self._env)]
        self._hands[0].ask("manage", "migrate")
        self.servers += [self._server(number) for number in range(self.workers if self._planted else 1)]
        for server in self.servers:
            self._start(server)

    def _start(self, server):
        with self._spawning:  # a thread goes on when whoever waited for it has given up
            assert not self._is_left
            server.spawn()
        server.wait_until(server.answers)

    def _server(self, number):
        env = self._env | {"PLANTED_BUG": self._planted or ""}
        options = [] if self._planted else ["--workers", str(self.workers)]
        command = [sys.executable, "-m", PLANTED] if self._planted else None
        return ZashikiServer(self.folder / "cluster", *options, port=free_port(), env=env, command=command)

    def _started(self, kind):
        folder = self.folder / kind.__name__
        folder.mkdir()
        server = kind(folder)
        self._own.append(server)
        self._start(server)
        return server

    async def _leave(self, at_once):
        async with AsyncExitStack() as steps:  # each is taken, whatever becomes of the others
            steps.push_async_callback(asyncio.to_thread, self._end, at_once)
            for proxy in self.proxies:
                steps.push_async_callback(proxy.stop)

    def _end(self, at_once):
        with self._spawning:
            self._is_left = True
        with ExitStack() as steps:
            for server in self._shared:
                steps.callback(_mend, server)
            for server in (*self._own, *self.servers):
                steps.callback(_end_of, server, at_once)
            for hand in self._hands:
                steps.callback(hand.end)


def _mend(server):
    """As whoever shares it with us expects it."""
    if server.is_running:
        server.resume()
    else:
        server.start()


def _end_of(server, at_once):
    if server.is_running:
        server.kill() if at_once else server.stop()


def _children(pid):
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _command(pid):
    return Path(f"/proc/{pid}/cmdline").read_bytes().decode()
