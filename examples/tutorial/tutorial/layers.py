"""The three ways in which this project's consumers reach each other."""

BACKENDS = {
    "memory": "channels.layers.InMemoryChannelLayer",
    "pubsub": "channels_redis.pubsub.RedisPubSubChannelLayer",
    "core": "channels_redis.core.RedisChannelLayer",
}


def layer(kind: str, redis: str) -> dict:
    """One entry of ``CHANNEL_LAYERS``.

    Args:
        kind: a key of ``BACKENDS``.
        redis: address of the server, such as ``redis://redis:6379/0``; not used in memory.
    """
    made = {"BACKEND": BACKENDS[kind]}
    if kind != "memory":
        # redis-py 8 gives up on an answer after five seconds. The core layer waits just as long for the next
        # message, so in a quiet room it would raise TimeoutError and take the consumer with it.
        # None: wait as long as it takes.
        made["CONFIG"] = {"hosts": [{"address": redis, "socket_timeout": None}]}
    return made
