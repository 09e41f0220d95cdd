"""The load generators in C: compiled on first use, pinned to their core, driven by lines."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .process import LOAD_CORE, ROOT, Server

SOURCES = ROOT / "benchmarks" / "load"
BUILD = ROOT / "benchmarks" / ".build"


@dataclass(frozen=True)
class Dialect:
    """How people speak to a server.

    Attributes:
        path: of the WebSocket.
        before, after: what stands around the text in a message.
        hello: sent by each connection once it is open.
        headers: further lines of the handshake, each ended by CRLF.
        blind: frames are counted and not read, since they are compressed.
    """

    path: str = "/ws/chat/bench/"
    before: str = '{"message":"'
    after: str = '"}'
    hello: str = ""
    headers: str = ""
    blind: bool = False


@dataclass(frozen=True)
class Sample:
    """What one run of a load gave.

    Attributes:
        messages, deliveries, lost: a delivery is one message arriving at one person; lost ones did not within
            6 seconds.
        wall, server_cpu, load_cpu: seconds.
        p50, p99, longest: milliseconds from sending to arriving, over all deliveries.
        sent_bytes: what the server put on the wire.
    """

    messages: int
    deliveries: int
    lost: int
    wall: float
    server_cpu: float
    load_cpu: float
    p50: float
    p99: float
    longest: float
    sent_bytes: int

    @property
    def cpu_us(self) -> float:
        """Microseconds of the server's CPU per delivery."""
        return self.server_cpu / max(self.deliveries, 1) * 1e6

    @property
    def load_us(self) -> float:
        """Microseconds of the load's own CPU per delivery."""
        return self.load_cpu / max(self.deliveries, 1) * 1e6


class Load:
    """People who have joined one room of a server."""

    def __init__(self, server: Server, process: subprocess.Popen[str]) -> None:
        self._server, self._process = server, process

    def run(
        self, window: int, *, seconds: float, messages: int = 2_000_000, speakers: int | None = None
    ) -> Sample:
        """Keeps some messages under way for a while and returns what it cost.

        Args:
            window: messages under way at once.
            seconds: after which no further message is sent.
            messages: after which no further message is sent.
            speakers: how many people take turns in speaking; None: as many as messages are under way.
        """
        before = self._server.cpu()
        said = self.ask(f"run {window} {speakers or window} {messages} {seconds}")
        return Sample(
            said["messages"],
            said["deliveries"],
            said["lost"],
            said["wall_s"],
            self._server.cpu() - before,
            said["load_cpu_s"],
            said["p50_ms"],
            said["p99_ms"],
            said["longest_ms"],
            said["bytes"],
        )

    def ask(self, line: str) -> dict[str, Any]:
        """Sends a command of the generator (see the head of its source) and returns the answer."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"the load generator has ended at {line!r}")
        return dict(json.loads(answer))


@contextmanager
def people(server: Server, count: int, dialect: Dialect, *, size: int = 100) -> Iterator[Load]:
    """That many connections to one room, until the block ends.

    Args:
        size: bytes of a message, what stands around the text included.

    Raises:
        RuntimeError: not all of them could connect.
    """
    d = dialect
    words = [
        str(server.port),
        d.path,
        str(count),
        str(size),
        d.before,
        d.after,
        d.hello,
        d.headers,
        str(int(d.blind)),
    ]
    with generator("room_clients", words) as process:
        assert process.stdout
        if process.stdout.readline() != "ready\n":
            raise RuntimeError(f"{count} people could not connect to {server.name}")
        yield Load(server, process)


@contextmanager
def generator(name: str, words: Sequence[str]) -> Iterator[subprocess.Popen[str]]:
    """A load generator on the load's core, talking by its standard input and output."""
    process = subprocess.Popen(
        ["taskset", "-c", str(LOAD_CORE), str(built(name)), *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def built(name: str) -> Path:
    """Path of a program made from ``load/<name>.c``, compiled now when it is missing or old.

    Raises:
        RuntimeError: there is no C compiler, or it refuses.
    """
    sources = [SOURCES / f"{name}.c", *([] if name == "baseline" else [SOURCES / "ws.c"])]
    program = BUILD / name
    newest = max(path.stat().st_mtime for path in SOURCES.iterdir())
    if not program.exists() or program.stat().st_mtime < newest:
        compiler = shutil.which("cc") or shutil.which("gcc")
        if not compiler:
            raise RuntimeError("the load generator needs a C compiler: apt-get install gcc libc6-dev")
        BUILD.mkdir(exist_ok=True)
        command = [compiler, "-O2", "-Wall", "-Wextra", "-std=gnu17", "-o", str(program), *map(str, sources)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr)
    return program
