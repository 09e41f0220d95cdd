"""Whether the processes of the site can ring at each other."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.utils.module_loading import import_string

from zashiki.requirements import installed

CORE = "channels_redis.core.RedisChannelLayer"
LOCAL = "channels.layers.InMemoryChannelLayer"
CORE_WAIT = 5  # seconds that the core layer's receive waits in one command
WORKER_VARIABLES = ("ZASHIKI_WORKERS", "WEB_CONCURRENCY", "UVICORN_WORKERS")


def check_layer(**kwargs: Any) -> list[CheckMessage]:
    layer = getattr(settings, "CHANNEL_LAYERS", {}).get("default")
    if not layer or not layer.get("BACKEND"):
        return [
            Error(
                "There is no default channel layer.",
                hint=f'Set CHANNEL_LAYERS = {{"default": {{"BACKEND": "{LOCAL}"}}}}, or a shared one for several processes.',
                id="zashiki.E001",
            )
        ]
    try:
        kind = import_string(layer["BACKEND"])
    except ImportError as fault:
        return [
            Error(
                f"The channel layer {layer['BACKEND']} cannot be loaded: {fault}",
                hint="Install its package, for example channels_redis, or correct CHANNEL_LAYERS.",
                id="zashiki.E002",
            )
        ]
    return [*_check_silence(kind, layer.get("CONFIG", {})), *_check_reach(kind)]


def _check_silence(kind: type, config: dict[str, Any]) -> list[CheckMessage]:
    if (
        not _is(kind, CORE)
        or _redis_major() < 8
        or all(map(_holds_in_silence, config.get("hosts") or [None]))
    ):
        return []
    return [
        Error(
            "With redis-py 8 the layer channels_redis.core gives up after five quiet seconds and takes the consumer with it.",
            hint='Give its hosts as {"address": "redis://...", "socket_timeout": None}, or use channels_redis.pubsub.',
            id="zashiki.E003",
        )
    ]


def _holds_in_silence(host: Any) -> bool:
    if not isinstance(host, dict) or "socket_timeout" not in host:
        return False
    return host["socket_timeout"] is None or host["socket_timeout"] > CORE_WAIT


def _check_reach(kind: type) -> list[CheckMessage]:
    if not _is(kind, LOCAL):
        return []
    return [
        Error(
            f"{variable} asks for several processes, which cannot hear each other over a layer in memory.",
            hint="Use channels_redis.pubsub.RedisPubSubChannelLayer, or one process.",
            id="zashiki.E004",
        )
        for variable in WORKER_VARIABLES
        if _number(os.environ.get(variable)) > 1
    ]


def _is(kind: Any, path: str) -> bool:
    """Whether a class is the one at this path or made from it, without importing what the site does not use."""
    return any(
        f"{parent.__module__}.{parent.__qualname__}" == path for parent in getattr(kind, "__mro__", ())
    )


def _redis_major() -> int:
    return (installed("redis") or (0,))[0]


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
