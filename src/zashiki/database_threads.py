"""Threads that ask the database, and leave no connection behind when they end.

A connection belongs to the thread that opened it, and only that thread may close it. A thread of `ThreadPoolExecutor` does not, so a site's
tests could not drop their database on PostgreSQL afterwards.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from django.db import connections

CLOSING = 5.0  # seconds after which nobody waits for a thread that hangs on its database


class DatabaseThreads(ThreadPoolExecutor):
    """
    Args:
        threads: how many.
        name: what their names begin with.
    """

    def __init__(self, threads: int, name: str) -> None:
        super().__init__(threads, thread_name_prefix=name)
        self._count = threads
        self._has_started = False
        self._is_closed = False

    def submit(self, function: Callable[..., Any], /, *args: Any, **named: Any) -> Any:
        self._has_started = True
        return super().submit(function, *args, **named)

    def close(self) -> None:
        """End the threads and their connections, after what they do now and what waits for them. Returns when that is done.

        It may be called again, and from any thread but its own.
        """
        if self._is_closed:
            return
        self._is_closed = True
        if self._has_started:
            self._close_connections()
        self.shutdown(wait=False, cancel_futures=True)

    def _close_connections(self) -> None:
        # Each thread gets one of these tasks, since none of them ends before all have begun.
        together = threading.Barrier(self._count + 1)
        for _ in range(self._count):
            super().submit(_close_here, together)
        _wait(together)


def _close_here(together: threading.Barrier) -> None:
    connections.close_all()
    _wait(together)


def _wait(together: threading.Barrier) -> None:
    with suppress(threading.BrokenBarrierError):  # one of them hangs on its database; the others are closed
        together.wait(CLOSING)
