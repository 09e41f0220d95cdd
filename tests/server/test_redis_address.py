"""What names Redis is read at start or refused with a sentence; Sentinel and a cluster are heard when a server of theirs dies."""

import asyncio
from contextlib import contextmanager

import pytest
from redis.exceptions import RedisError

from tests.server.talking import subscription, talk
from tests.server.test_without_redis import _join, _node
from tests.support.servers import RedisServer, free_port
from zashiki.server.config.options import ConfigurationError
from zashiki.server.config.redis_address import AnyNode, AnyNodeByTls, host_of

RARELY = {"ZASHIKI_HEARTBEAT_INTERVAL": 60}  # so that only Redis can have told a process of a message

USABLE = [
    "redis://h",
    "redis://user:p%40ss@h:1/15",
    "redis://[::1]:7/2",
    "rediss://h?ssl_cert_reqs=none",
    "unix:///run/redis.sock?db=1",
]
UNUSABLE = {
    "redis://a:6501,b:6502": "sentinels or a cluster",
    "redis://a,b": "sentinels or a cluster",
    "redis://h/x": "number of a database",
    "redis://h/0/1": "number of a database",
    "redis://h?db=x": "'db'",
    "redis://h?colour=red": "no such option",
    "redis://h:99999": "ort out of range",
    "redis://h:many": "ort could not",
    "redis://[::1": "IPv6",
    "redis://": "name of a server",
    "redis:h": "name of a server",
    "redis://h#x": "%23",
    "redis://a b": "%20",
    "unix://": "path of the socket",
    "localhost:6379": "redis://",
    "http://h": "redis://",
    "redis+magic://h": "redis://",
    "redis+sentinel://a,b": "name by which",
    "redis+sentinel://a,/rooms": "name of a server",
    "redis+sentinel://a/rooms?colour=red": "'colour'",
    "redis+cluster://a,b/1": "one database",
    "redis+cluster://": "name of a server",
}


@pytest.mark.parametrize("address", USABLE)
def test_one_server(address):
    assert host_of(address) == {"address": address, "socket_timeout": None}


@pytest.mark.parametrize("address", UNUSABLE)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(ConfigurationError, match=UNUSABLE[address]):
        host_of(address)


def test_sentinels():
    host = host_of("rediss+sentinel://user:p%40ss@one,[::2]:7/rooms/3?sentinel_password=secret")
    asked = host.pop("sentinel_kwargs")
    assert asked["password"] == "secret" and asked["ssl"]
    assert host == {
        "sentinels": [("one", 26379), ("::2", 7)],
        "master_name": "rooms",
        "db": 3,
        "socket_timeout": None,
        "username": "user",
        "password": "p@ss",
        "ssl": True,
    }


@pytest.mark.parametrize(("scheme", "kind"), [("redis", AnyNode), ("rediss", AnyNodeByTls)])
def test_a_cluster(scheme, kind):
    host = host_of(f"{scheme}+cluster://:secret@one,two:7")
    assert host == {
        "connection_class": kind,
        "nodes": [("one", 6379), ("two", 7)],
        "socket_timeout": None,
        "password": "secret",
    }


async def test_nodes_that_are_all_away():
    connection = AnyNode(nodes=[("127.0.0.1", free_port()), ("127.0.0.1", free_port())])
    with pytest.raises(RedisError):
        await asyncio.wait_for(connection.connect(), 10)


@contextmanager
def started(*servers):
    try:
        for server in servers:
            server.start()
        yield
    finally:
        for server in servers:
            server.stop()


def talk_again(server):
    """Two people in two rooms of their own, so that nothing that was heard before counts; sockets go to either worker."""
    for number in range(4):
        with (
            subscription(server, f"again {number}") as first,
            subscription(server, f"again {number}") as second,
        ):
            talk(first, second)


def test_a_node_of_the_cluster_dies(serve, folder):
    nodes = [_node(folder / f"node{number}") for number in range(3)]
    with started(*nodes):
        _join(nodes)
        named = ",".join(f"127.0.0.1:{node.port}" for node in nodes)
        server = serve("--workers", "2", "--redis", f"redis+cluster://{named}", env=RARELY)
        talk_again(server)
        nodes[0].kill()
        server.wait_until(lambda: server.health()[1]["layer"] != "down")
        talk_again(server)


def test_the_primary_of_a_sentinel_dies(serve, folder):
    for name in ("first", "second", "sentinel"):
        (folder / name).mkdir()
    first = RedisServer(folder / "first")
    second = RedisServer(folder / "second", "--replicaof", "127.0.0.1", str(first.port))
    sentinel = sentinel_of(folder / "sentinel", first)
    with started(first, second, sentinel):
        second.wait_until(lambda: is_replica(second))
        sentinel.wait_until(lambda: known_replicas(sentinel))
        address = f"redis+sentinel://127.0.0.1:{free_port()},127.0.0.1:{sentinel.port}/rooms"
        server = serve("--workers", "2", "--redis", address, env=RARELY)
        talk_again(server)
        first.kill()
        second.wait_until(lambda: role(second) == "master")
        server.wait_until(lambda: server.health()[1]["layer"] != "down")
        talk_again(server)


def sentinel_of(folder, primary):
    file = folder / "sentinel.conf"
    server = RedisServer(folder)
    file.write_text(
        f"bind 127.0.0.1\nport {server.port}\ndir {folder}\n"
        f"sentinel monitor rooms 127.0.0.1 {primary.port} 1\n"
        "sentinel down-after-milliseconds rooms 500\nsentinel failover-timeout rooms 3000\n"
    )
    server.command = ["redis-server", str(file), "--sentinel"]
    return server


def role(server):
    with server.client() as client:
        return client.info("replication")["role"]


def is_replica(server):
    with server.client() as client:
        return client.info("replication").get("master_link_status") == "up"


def known_replicas(sentinel):
    with sentinel.client() as client:
        return client.sentinel_master("rooms")["num-slaves"]
