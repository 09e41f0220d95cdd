"""The few confined processes of this process: started when first needed, replaced when lost."""

from __future__ import annotations

import atexit
import logging
import os
import threading
import time
import weakref

from zashiki.sandbox.process import ConfinedProcess, ProcessLost

log = logging.getLogger("zashiki.sandbox")

SIZE = 2
TURN_LIMIT = 2.0  # seconds
PAUSE_AFTER_FAILED_START = 30.0  # seconds


_pools: weakref.WeakSet[Pool] = weakref.WeakSet()


def close_all() -> None:
    """End the processes of all pools, as far as they have nothing to do; those at work end when they have answered."""
    for pool in list(_pools):
        pool.close()


class Unconfined(Exception):
    """The work was not done. One of the following."""


class CannotStart(Unconfined):
    """No process can be started here, as far as is known."""


class NoneFree(Unconfined):
    """All processes had other work for longer than one waits."""


class Lost(Unconfined):
    """The process took too long and was killed, or ended by itself."""


class Pool:
    """Threads share it; one that waits does not hold the interpreter's lock.

    Args:
        size: most processes at once.
        turn_limit: seconds that a request waits until a process is free.
    """

    def __init__(self, size: int = SIZE, turn_limit: float = TURN_LIMIT) -> None:
        self._size = size
        self._turn_limit = turn_limit
        self._reset()
        _pools.add(self)

    def _reset(self) -> None:
        self._lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(self._size)
        self._idle: list[ConfinedProcess] = []
        self._all: set[ConfinedProcess] = set()
        self._generation = 0
        self._no_start_before = 0.0

    @property
    def pids(self) -> list[int]:
        return [process.pid for process in self._all]

    def ask(self, request: bytes, seconds: float) -> bytes:
        """Have a request answered by a confined process.

        Args:
            request: its first byte says what is asked, see `child`.
            seconds: until the process is killed, counted from when it has the request.

        Raises:
            Unconfined: it was not answered.
        """
        if not self._turns.acquire(timeout=self._turn_limit):
            raise NoneFree("no process was free in time")
        try:
            generation = self._generation
            process = self._take()
            try:
                answer = process.ask(request, seconds)
            except ProcessLost as fault:
                self._all.discard(process)
                log.warning("a confined process was lost while it worked, and is replaced")
                raise Lost("the process was lost") from fault
            self._give_back(process, generation)
            return answer
        finally:
            self._turns.release()

    def close(self) -> None:
        """End all processes; those that are at work end when they have answered. The pool can be used again."""
        with self._lock:
            self._generation += 1
            idle, self._idle = self._idle, []
        for process in idle:
            self._end(process)

    def forget(self) -> None:
        """In a forked child: the processes are the parent's, and threads that held the lock are not here."""
        for process in self._all:
            process.forget()
        self._reset()

    # Private

    def _take(self) -> ConfinedProcess:
        while True:
            with self._lock:
                process = self._idle.pop() if self._idle else None
            if process is None:
                return self._start()
            if process.is_alive():
                return process
            self._end(process)

    def _start(self) -> ConfinedProcess:
        if time.monotonic() < self._no_start_before:
            raise CannotStart("no process can be started")
        try:
            process = ConfinedProcess()
        except (
            OSError,
            ProcessLost,
            AttributeError,
            ValueError,
        ) as fault:  # also where the system has no such call
            self._no_start_before = time.monotonic() + PAUSE_AFTER_FAILED_START
            log.warning(
                "cannot start a confined process (%s): code is shown without colours; the next try is in %d s",
                fault or type(fault).__name__,
                PAUSE_AFTER_FAILED_START,
            )
            raise CannotStart("no process can be started") from fault
        self._all.add(process)
        return process

    def _give_back(self, process: ConfinedProcess, generation: int) -> None:
        with self._lock:
            if generation == self._generation:
                self._idle.append(process)
                return
        self._end(process)

    def _end(self, process: ConfinedProcess) -> None:
        self._all.discard(process)
        process.close()


def _forget_all() -> None:
    for pool in list(_pools):
        pool.forget()


atexit.register(close_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_all)
