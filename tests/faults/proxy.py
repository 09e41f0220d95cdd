"""A TCP proxy that can cut, swallow and slow down what passes through it."""

import asyncio
import socket
from contextlib import suppress

from tests.faults.cancel import end

PIECE = 64 * 1024  # bytes read at once
BUFFER = 4 * 1024  # bytes under way to a proxy; more would hide from a server how slow its clients are


class Proxy:
    """Passes connections on to a port of this machine, until it is told otherwise.

    Attributes:
        port: where to connect to.
        rate: bytes per second in each direction of each connection; ``None`` for no limit.
    """

    def __init__(self, target):
        self.rate = None
        self._target = target
        self._commands_pass, self._answers_pass = asyncio.Event(), asyncio.Event()
        self.mend()
        self._connections = set()

    async def start(self):
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def stop(self):
        self._server.close()
        await end(self._connections)

    def cut(self):
        """Every connection is lost in the middle of whatever it was doing."""
        for connection in list(self._connections):
            connection.cancel()

    def swallow(self, answers_only=False):
        """From now on nothing passes, in both directions or from the server alone; connections stay open, new ones are accepted."""
        self._answers_pass.clear()
        if not answers_only:
            self._commands_pass.clear()

    def mend(self):
        """Everything passes again."""
        self.rate = None
        self._commands_pass.set()
        self._answers_pass.set()

    async def _connect(self, reader, writer):
        connection = asyncio.current_task()
        self._connections.add(connection)
        try:
            there, away = await _connection(self._target)
            try:
                await self._both(
                    self._pass(reader, away, self._commands_pass),
                    self._pass(there, writer, self._answers_pass),
                )
            finally:
                away.transport.abort()
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            writer.transport.abort()
            self._connections.discard(connection)

    async def _both(self, *ways):
        tasks = [asyncio.create_task(way) for way in ways]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _pass(self, reader, writer, may_pass):
        with suppress(OSError):
            while data := await reader.read(PIECE if self.rate is None else max(1, self.rate // 10)):
                await may_pass.wait()
                if self.rate is not None:
                    await asyncio.sleep(len(data) / self.rate)
                writer.write(data)
                await writer.drain()


async def _connection(port):
    end = socket.socket()
    try:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        end.setblocking(False)
        await asyncio.get_running_loop().sock_connect(end, ("127.0.0.1", port))
        return await asyncio.open_connection(sock=end, limit=BUFFER)
    except BaseException:
        end.close()
        raise
