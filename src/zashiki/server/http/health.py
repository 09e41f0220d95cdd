"""``/healthz``: whether this process, its database and its channel layer work. Cheap enough to be asked every second.

It stands outside of the site: it needs no host name, opens no session and is answered while every thread of the site is busy.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from channels.layers import get_channel_layer
from django.db import connection

import zashiki

PATH = "/healthz"
TIMEOUT = 2.0  # seconds that the database and the layer may take
FRESH = 0.5  # seconds that an answer serves everybody who asks

log = logging.getLogger("zashiki.health")


class HealthEndpoint:
    """Answers ``PATH``; everything else goes on to the application."""

    def __init__(self, application: Any) -> None:
        self._application = application
        self._health = Health()

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        if scope["type"] != "http" or scope["path"] != PATH:
            return await self._application(scope, receive, send)
        found = await self._health.status()
        status = 200 if found["status"] == "ok" else 503
        headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": json.dumps(found).encode() + b"\n"})


class Health:
    """What was found last, and the one thread that asks the database."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="zashiki-health")
        self._asking: asyncio.Task[dict[str, Any]] | None = None
        self._asked_at = float("-inf")

    async def status(self) -> dict[str, Any]:
        """``status``, ``database`` and ``layer``, each ``ok`` or ``down``, and the version."""
        if self._asking is None or (self._asking.done() and time.monotonic() - self._asked_at > FRESH):
            self._asking = asyncio.create_task(self._ask())
        return await asyncio.shield(self._asking)

    async def _ask(self) -> dict[str, Any]:
        loop = asyncio.get_running_loop()
        database, layer = await asyncio.gather(
            _passes("database", loop.run_in_executor(self._thread, _query_database)),
            _passes("layer", _query_layer()),
        )
        self._asked_at = time.monotonic()
        status = "ok" if database and layer else "down"
        parts = {"database": database, "layer": layer}
        return {
            "status": status,
            **{name: "ok" if works else "down" for name, works in parts.items()},
            "version": zashiki.__version__,
        }


async def _passes(what: str, asking: Awaitable[Any]) -> bool:
    try:
        await asyncio.wait_for(asking, TIMEOUT)
    except Exception as fault:
        log.warning("the %s does not answer: %s", what, fault or type(fault).__name__)
        return False
    return True


def _query_database() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except Exception:
        connection.close()  # the next one asks over a new connection
        raise


async def _query_layer() -> None:
    """Nobody is in this group: the layer has to be there to say so."""
    layer = get_channel_layer()
    assert layer is not None
    await layer.group_send("zashiki-health", {"type": "health"})
