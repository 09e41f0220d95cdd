"""Redis by its address: one server, one that Sentinel names, or the nodes of a cluster.

================================================== =======================================================================
``redis://[user:password@]host[:port][/number]``   one server, or anything that acts as one
``unix://[user:password@]/path[?db=number]``       the same by a socket of this machine
``redis+sentinel://…@host[:port],…/name[/number]`` the primary that these sentinels know by a name; another one after a failover
``redis+cluster://…@host[:port],…``                a cluster: the first of these nodes that answers
================================================== =======================================================================

``rediss`` in place of ``redis`` means TLS.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from redis.asyncio import ConnectionPool, SSLConnection
from redis.asyncio.connection import Connection
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError, RedisError, TimeoutError

from zashiki.server.config.options import ConfigurationError

REDIS_PORT, SENTINEL_PORT = 6379, 26379
SENTINEL_TIMEOUT = 2.0  # seconds until the next sentinel is asked
SENTINEL_OPTIONS = {"sentinel_username": "username", "sentinel_password": "password"}
_SCHEME = re.compile(r"(redis|rediss)(?:\+(sentinel|cluster))?|unix")
_EXAMPLES = (
    "redis://redis:6379/0, redis+sentinel://one:26379,two:26379/mymaster or redis+cluster://one:6379,two:6379"
)


def host_of(address: str) -> dict[str, Any]:
    """One entry of the ``hosts`` of channels_redis.

    Raises:
        ConfigurationError: it is no such address.
    """
    try:
        parts = urlsplit(address)
        if re.search(r"\s|#", address):
            raise _unusable("it holds a space or a #, which are %20 and %23 in an address")
        if (scheme := _SCHEME.fullmatch(parts.scheme)) is None:
            raise _unusable("it is no address of a Redis")
        if scheme[2] == "sentinel":
            return _by_sentinels(parts)
        return _cluster(parts) if scheme[2] == "cluster" else _one(address, parts)
    except ValueError as fault:
        raise fault if isinstance(fault, ConfigurationError) else _unusable(str(fault).rstrip(".")) from None


class AnyNode(Connection):
    """A connection to the first of some nodes that answers. In a cluster each node hears what any of them publishes (Redis, "Pub/Sub").

    Args:
        nodes: host and port of each.
    """

    def __init__(self, *, nodes: list[tuple[str, int]], **options: Any) -> None:
        self._nodes = nodes
        super().__init__(host=nodes[0][0], port=nodes[0][1], **options)

    async def connect(self) -> None:
        """
        Raises:
            RedisError: none of them answers; it says why the last one does not.
        """
        if self.is_connected:
            return
        for node in self._nodes:
            self.host, self.port = node
            try:
                await super().connect()  # type: ignore[no-untyped-call]  # redis-py leaves it without types
                return
            except (ConnectionError, TimeoutError):
                if node == self._nodes[-1]:
                    raise


class AnyNodeByTls(AnyNode, SSLConnection):
    """The same over TLS."""


def _one(address: str, parts: SplitResult) -> dict[str, Any]:
    if parts.scheme == "unix":
        if not parts.path.strip("/"):
            raise _unusable("the path of the socket is missing")
    else:
        _single_node(parts)
        if parts.path.strip("/") and not re.fullmatch(r"/\d+/?", parts.path):
            raise _unusable(f"{parts.path!r} is no number of a database")
    # Without this, redis-py 8 gives up on a quiet connection after five seconds.
    host = {"address": address, "socket_timeout": None}
    try:
        ConnectionPool.from_url(address, socket_timeout=None).make_connection()  # type: ignore[no-untyped-call]
    except (TypeError, RedisError):
        raise _unusable(f"there is no such option as in {parts.query!r}") from None
    return host


def _single_node(parts: SplitResult) -> None:
    if len(_nodes(parts, REDIS_PORT)) > 1:
        raise _unusable("it names several servers, and does not say whether they are sentinels or a cluster")


def _by_sentinels(parts: SplitResult) -> dict[str, Any]:
    path = re.fullmatch(r"/([^/]+)(?:/(\d*))?", parts.path)
    if path is None:
        raise _unusable("the name by which the sentinels know the primary is missing")
    tls = {"ssl": True} if parts.scheme.startswith("rediss") else {}
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    if unknown := given.keys() - SENTINEL_OPTIONS:
        raise _unusable(f"there is no option {min(unknown)!r}")
    once = {"socket_timeout": SENTINEL_TIMEOUT, "retry": Retry(NoBackoff(), 0)}
    return {
        "sentinels": _nodes(parts, SENTINEL_PORT),
        "master_name": unquote(path[1]),
        "sentinel_kwargs": {
            **once,
            **tls,
            **{SENTINEL_OPTIONS[name]: value for name, value in given.items()},
        },
        "db": int(path[2] or 0),
        "socket_timeout": None,
        **_credentials(parts),
        **tls,
    }


def _cluster(parts: SplitResult) -> dict[str, Any]:
    if parts.path.strip("/") or parts.query:
        raise _unusable("a cluster has one database and no options")
    kind = AnyNodeByTls if parts.scheme.startswith("rediss") else AnyNode
    return {
        "connection_class": kind,
        "nodes": _nodes(parts, REDIS_PORT),
        "socket_timeout": None,
        **_credentials(parts),
    }


def _nodes(parts: SplitResult, default_port: int) -> list[tuple[str, int]]:
    """Host and port of each server of an address.

    Raises:
        ValueError: one of them has none, or a port that is none.
    """
    found = [urlsplit(f"//{node}") for node in parts.netloc.rpartition("@")[2].split(",")]
    if not all(node.hostname for node in found):
        raise _unusable("the name of a server is missing")
    return [(str(node.hostname), default_port if node.port is None else node.port) for node in found]


def _credentials(parts: SplitResult) -> dict[str, str]:
    user, _, password = parts.netloc.rpartition("@")[0].partition(":")
    given = {"username": unquote(user), "password": unquote(password)}
    return {name: value for name, value in given.items() if value}


def _unusable(reason: str) -> ConfigurationError:
    return ConfigurationError(
        f"ZASHIKI_REDIS_URL cannot be used: {reason}. It must be an address such as {_EXAMPLES}."
    )
