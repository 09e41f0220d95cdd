"""`broadcast` and `ring` as plain functions: from a task, from another thread, from a process without an event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from zashiki.hub.background_loop import background_loop
from zashiki.hub.consumer import encode
from zashiki.hub.current import running_hubs
from zashiki.hub.hub import Hub

_tasks: set[asyncio.Future[Any]] = set()  # a loop holds its tasks weakly


def broadcast(
    topic: str, payload: bytes | str | dict[str, Any], *, binary: bool = False, ephemeral: bool = False
) -> None:
    """To everybody who sits here in any process; nobody is told whether the layer was down, but the log.

    Inside a database transaction, call it with ``transaction.on_commit``.

    Args:
        payload: a message; a dict is sent as JSON.
    """
    message = encode(payload) if isinstance(payload, dict) else payload
    _run_on_a_hub(lambda hub: hub.broadcast(topic, message, binary=binary, ephemeral=ephemeral))


def notify(topic: str, message: dict[str, Any]) -> None:
    """Tell the listeners in every other process."""
    _run_on_a_hub(lambda hub: hub.notify(topic, message))


def _run_on_a_hub(do: Callable[[Hub], Coroutine[Any, Any, bool]]) -> None:
    here = _running_loop()
    seatings = running_hubs()
    for loop, hub in seatings:
        if loop is here:
            return _start(do, hub)
    for loop, hub in seatings:
        if loop.is_running():
            loop.call_soon_threadsafe(_start, do, hub)
            return
    background_loop().run(do, wait=here is None)


def _start(do: Callable[[Hub], Coroutine[Any, Any, bool]], hub: Hub) -> None:
    task = asyncio.get_running_loop().create_task(do(hub))
    _tasks.add(task)
    task.add_done_callback(_tasks.discard)


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
