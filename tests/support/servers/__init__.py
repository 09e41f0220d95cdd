"""Real servers for tests: each on a free port of 127.0.0.1, in a folder of its own, ended by whoever started it."""

from tests.support.servers.asgi import AsgiServer
from tests.support.servers.postgres import PostgresServer
from tests.support.servers.process import Process, free_port
from tests.support.servers.redis import RedisServer
from tests.support.servers.zashiki import ZashikiServer

__all__ = ["AsgiServer", "PostgresServer", "Process", "RedisServer", "ZashikiServer", "free_port"]
