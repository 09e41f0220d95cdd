"""Real servers for tests: each on a free port of 127.0.0.1, in a folder of its own, ended by whoever started it."""

from tests.servers.asgi import AsgiServer
from tests.servers.postgres import PostgresServer
from tests.servers.process import Process, free_port
from tests.servers.redis import RedisServer
from tests.servers.zashiki import ZashikiServer

__all__ = ["AsgiServer", "PostgresServer", "Process", "RedisServer", "ZashikiServer", "free_port"]
