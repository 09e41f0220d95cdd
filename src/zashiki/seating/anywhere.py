"""`broadcast` and `ring` as plain functions: from a task, from another thread, from a process without an event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from zashiki.seating.consumer import encode
from zashiki.seating.current import known
from zashiki.seating.postman import postman
from zashiki.seating.seating import Seating

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
    _have(lambda seating: seating.broadcast(topic, message, binary=binary, ephemeral=ephemeral))


def ring(topic: str, message: dict[str, Any]) -> None:
    """Tell the listeners in every other process."""
    _have(lambda seating: seating.ring(topic, message))


def _have(do: Callable[[Seating], Coroutine[Any, Any, bool]]) -> None:
    here = _running_loop()
    seatings = known()
    for loop, seating in seatings:
        if loop is here:
            return _start(do, seating)
    for loop, seating in seatings:
        if loop.is_running():
            loop.call_soon_threadsafe(_start, do, seating)
            return
    postman().carry(do, wait=here is None)


def _start(do: Callable[[Seating], Coroutine[Any, Any, bool]], seating: Seating) -> None:
    task = asyncio.get_running_loop().create_task(do(seating))
    _tasks.add(task)
    task.add_done_callback(_tasks.discard)


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
