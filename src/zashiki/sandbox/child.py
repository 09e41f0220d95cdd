"""The main loop of a confined process: reads requests from standard input, writes answers to standard output, ends when its input ends.

A request and an answer are frames: four bytes of length, big endian, then so many bytes. The first byte of a request says what is asked.
"""

from __future__ import annotations

import os
import resource
import signal
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module

from zashiki.sandbox import READY

MEMORY_LIMIT = 512 * 1024**2  # bytes of address space
LONGEST_JOB = 10  # seconds after which the child ends itself, also when its parent is gone
REPEAT = 0.02  # seconds of CPU after which a lexer that swallowed the interruption is interrupted again

_HANDLERS = {b"M": "zashiki.messages.markdown_child", b"P": "zashiki.sandbox.image_child"}


class OutOfTime(BaseException):
    """The CPU time of a piece of work is used up. No `Exception`, so that nobody who catches those goes on."""


def main() -> None:
    """Returns when the parent has closed the pipe or is gone."""
    _limit_resources()
    requests, answers = os.dup(0), os.dup(1)
    with open(os.devnull, "r+b") as nothing:  # a print by a library must not look like an answer
        os.dup2(nothing.fileno(), 0)
        os.dup2(nothing.fileno(), 1)
    _write(answers, READY)
    handlers: dict[bytes, Callable[[bytes], bytes]] = {}
    while (request := _read(requests)) is not None:
        kind = request[:1]
        if kind not in handlers:
            handlers[kind] = import_module(_HANDLERS[kind]).answer
        signal.setitimer(signal.ITIMER_REAL, LONGEST_JOB)
        answer = handlers[kind](request[1:])
        signal.setitimer(signal.ITIMER_REAL, 0)
        _write(answers, answer)


@contextmanager
def cpu_limit(seconds: float) -> Iterator[None]:
    """Raises `OutOfTime` in its body when the process has used so much CPU time; `re` lets itself be interrupted, too."""
    signal.setitimer(signal.ITIMER_PROF, max(seconds, 0.001), REPEAT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _limit_resources() -> None:
    with suppress(OSError):
        os.nice(5)  # whoever serves comes first
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY_LIMIT),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        with suppress(OSError, ValueError):  # a lower hard limit stays
            resource.setrlimit(limit, (value, value))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent; the child ends with it
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGPROF, _out_of_time)


def _out_of_time(*_: object) -> None:
    raise OutOfTime


def _read(descriptor: int) -> bytes | None:
    head = _exactly(descriptor, 4)
    return None if head is None else _exactly(descriptor, struct.unpack(">I", head)[0])


def _exactly(descriptor: int, size: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < size:
        part = os.read(descriptor, min(size - len(parts), 1024**2))
        if not part:
            return None
        parts += part
    return bytes(parts)


def _write(descriptor: int, payload: bytes) -> None:
    left = memoryview(struct.pack(">I", len(payload)) + payload)
    while left:
        left = left[os.write(descriptor, left) :]
