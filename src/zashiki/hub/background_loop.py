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

from zashiki.hub.hub import Hub
from zashiki.hub.options import options
from zashiki.hub.relay import shared_channel_layer

log = logging.getLogger("zashiki.hub")

_background_loop: BackgroundLoop | None = None
_lock = threading.Lock()


class BackgroundLoop:
    """Its `Hub` has no connections and joins nothing: it only says things to other processes."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._hub: Hub | None = None
        self._thread = threading.Thread(target=self._loop.run_forever, name="zashiki-hub", daemon=True)
        self._thread.start()

    def run(self, do: Callable[[Hub], Coroutine[Any, Any, bool]], wait: bool) -> None:
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

    async def _do(self, do: Callable[[Hub], Coroutine[Any, Any, bool]]) -> bool:
        if self._hub is None:
            self._hub = Hub(shared_channel_layer())
        return await do(self._hub)

    async def _close(self) -> None:
        if self._hub is not None:
            await self._hub.close()

    def _wait_for(self, done: Future[Any]) -> None:
        try:
            done.result(2 * options().layer_timeout)
        except TimeoutError:
            log.error("channel layer did not answer in time")


def background_loop() -> BackgroundLoop:
    """The process's, made on first use."""
    global _background_loop
    with _lock:
        if _background_loop is None:
            _background_loop = BackgroundLoop()
            atexit.register(_background_loop.stop)
        return _background_loop


def _forget() -> None:
    """In a forked child: the thread stayed with the parent."""
    global _background_loop, _lock
    if _background_loop is not None:
        atexit.unregister(_background_loop.stop)
    _background_loop = None
    _lock = threading.Lock()


os.register_at_fork(after_in_child=_forget)
