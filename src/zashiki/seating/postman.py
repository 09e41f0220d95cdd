"""A thread with an event loop, for processes that have none of their own.

``async_to_sync(layer.group_send)`` opens an event loop and a connection to Redis for each call; this one stays.
"""

from __future__ import annotations

import asyncio
import atexit
import logging
import os
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any

from zashiki.seating.options import options
from zashiki.seating.relay import layer_to_others
from zashiki.seating.seating import Seating

log = logging.getLogger("zashiki.seating")

_postman: Postman | None = None
_lock = threading.Lock()


class Postman:
    """Its `Seating` has no seats and joins nothing: it only says things to other processes."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._seating: Seating | None = None
        self._thread = threading.Thread(target=self._loop.run_forever, name="zashiki postman", daemon=True)
        self._thread.start()

    def carry(self, do: Callable[[Seating], Coroutine[Any, Any, bool]], wait: bool) -> None:
        """Say something to the other processes.

        Args:
            wait: whether to return only when the layer has taken it, or has failed.
        """
        done = asyncio.run_coroutine_threadsafe(self._do(do), self._loop)
        if wait:
            self._wait_for(done)

    def stop(self) -> None:
        """Returns when everything has been said, or the layer has had its time."""
        self._wait_for(asyncio.run_coroutine_threadsafe(self._close(), self._loop))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(options().layer_timeout)

    async def _do(self, do: Callable[[Seating], Coroutine[Any, Any, bool]]) -> bool:
        if self._seating is None:
            self._seating = Seating(layer_to_others())
        return await do(self._seating)

    async def _close(self) -> None:
        if self._seating is not None:
            await self._seating.close()

    def _wait_for(self, done: Future[Any]) -> None:
        try:
            done.result(2 * options().layer_timeout)
        except TimeoutError:
            log.error("channel layer did not answer in time")


def postman() -> Postman:
    """The process's, made on first use."""
    global _postman
    with _lock:
        if _postman is None:
            _postman = Postman()
            atexit.register(_postman.stop)
        return _postman


def _forget() -> None:
    """In a forked child: the thread stayed with the parent."""
    global _postman, _lock
    if _postman is not None:
        atexit.unregister(_postman.stop)
    _postman = None
    _lock = threading.Lock()


os.register_at_fork(after_in_child=_forget)
