"""The channel layer, of this process alone or in Redis, and the cache, in the data folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from zashiki.server.options import Unusable


def channel_layers(redis: str) -> dict[str, Any]:
    """
    Args:
        redis: ``redis://host:6379/0``, ``rediss://`` or ``unix://``; empty for a layer of this process alone.

    Raises:
        Unusable: it is no address of a Redis.
    """
    if not redis:
        return {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    if urlsplit(redis).scheme not in {"redis", "rediss", "unix"}:
        raise Unusable("ZASHIKI_REDIS must be an address such as redis://redis:6379/0.")
    # Without this, redis-py 8 gives up on a quiet connection after five seconds.
    host = {"address": redis, "socket_timeout": None}
    return {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [host], "prefix": "zashiki"},
        }
    }


def caches(folder: Path) -> dict[str, Any]:
    """Where attempts to sign in are counted: in the data folder, together for all workers, and never in Redis.

    Args:
        folder: the data folder.
    """
    return {
        "default": {
            "BACKEND": "zashiki.server.cache.FileCache",
            "LOCATION": str(folder / "attempts.sqlite3"),
        }
    }
