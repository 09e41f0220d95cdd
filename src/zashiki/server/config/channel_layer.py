"""The channel layer, of this process alone or in Redis, and the cache, in the data folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from zashiki.server.config.redis_address import host_of


def channel_layers(redis: str) -> dict[str, Any]:
    """
    Args:
        redis: its address, as `redis_address` has them; empty for a layer of this process alone.

    Raises:
        Unusable: it is no address of a Redis.
    """
    if not redis:
        return {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    return {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [host_of(redis)], "prefix": "zashiki"},
        }
    }


def caches(folder: Path) -> dict[str, Any]:
    """Where attempts to sign in are counted: in the data folder, together for all workers, and never in Redis.

    Args:
        folder: the data folder.
    """
    return {
        "default": {
            "BACKEND": "zashiki.server.config.cache.FileCache",
            "LOCATION": str(folder / "attempts.sqlite3"),
        }
    }
