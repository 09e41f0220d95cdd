"""One confined process, seen from its parent: started, asked, killed."""

from __future__ import annotations

import json
import os
import select
import struct
import subprocess
import sys
import time
from pathlib import Path

from zashiki.sandbox import READY

START_LIMIT = 10.0  # seconds until a new process must be ready
ANSWER_LIMIT = 64 * 1024**2  # bytes of an answer

_PROGRAM = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from zashiki.sandbox.child import main; main()"
)
_INHERITED_VARIABLES = ("LANG", "LC_ALL", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


class ProcessLost(Exception):
    """The process did not answer in time or ended; it is gone."""


class ConfinedProcess:
    """Raises OSError, ProcessLost: it cannot be started here."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [_python(), "-I", "-S", "-c", _PROGRAM, _search_path()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd="/",
            env={name: os.environ[name] for name in _INHERITED_VARIABLES if name in os.environ},
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._requests = self._process.stdin.fileno()
        self._answers = self._process.stdout.fileno()
        os.set_blocking(self._requests, False)
        if self._receive(time.monotonic() + START_LIMIT) != READY:
            self._lose()

    @property
    def pid(self) -> int:
        return self._process.pid

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: bytes, seconds: float) -> bytes:
        """The answer to a request.

        Args:
            seconds: after which the process is killed.

        Raises:
            ProcessLost: there is none; the process is killed and reaped.
        """
        until = time.monotonic() + seconds
        self._send(struct.pack(">I", len(request)) + request, until)
        return self._receive(until)

    def close(self) -> None:
        """End the process and reap it."""
        self._process.kill()
        self._process.wait()
        self.forget()

    def forget(self) -> None:
        """Let go of the pipes: after a fork they belong to the parent, whose process it is."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        if self._process.returncode is None:
            self._process.returncode = 0  # whose child it is not cannot wait for it

    # Private

    def _send(self, payload: bytes, until: float) -> None:
        left = memoryview(payload)
        while left:
            self._wait(self._requests, select.POLLOUT, until)
            try:
                left = left[os.write(self._requests, left[: 1024**2]) :]
            except BlockingIOError:
                continue
            except OSError:
                self._lose()

    def _receive(self, until: float) -> bytes:
        [size] = struct.unpack(">I", self._exactly(4, until))
        if size > ANSWER_LIMIT:
            self._lose()
        return self._exactly(size, until)

    def _exactly(self, size: int, until: float) -> bytes:
        parts = bytearray()
        while len(parts) < size:
            self._wait(self._answers, select.POLLIN, until)
            part = os.read(self._answers, min(size - len(parts), 1024**2))
            if not part:
                self._lose()
            parts += part
        return bytes(parts)

    def _wait(self, descriptor: int, event: int, until: float) -> None:
        poll = select.poll()
        poll.register(descriptor, event)
        if not poll.poll(max(0.0, until - time.monotonic()) * 1000):
            self._lose()

    def _lose(self) -> None:
        self.close()
        raise ProcessLost


def _python() -> str:
    """The interpreter: `sys.executable` names the server where Python is embedded in one, as in uWSGI.

    Raises:
        OSError: it cannot be told.
    """
    for candidate in (sys.executable, os.path.join(sys.prefix, "bin", "python3")):
        if (
            candidate
            and Path(candidate).name.startswith(("python", "pypy"))
            and os.access(candidate, os.X_OK)
        ):
            return candidate
    raise OSError("no Python interpreter found")


def _search_path() -> str:
    return json.dumps([os.path.abspath(each) for each in sys.path if each])
