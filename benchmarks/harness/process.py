"""A server under test: pinned to its core, its CPU and memory read from the kernel."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVER_CORE, LOAD_CORE = 0, (os.cpu_count() or 1) - 1
LOGS = ROOT / "benchmarks" / ".build" / "logs"


class Server:
    """A running server and the processes it has started.

    Attributes:
        name: of its log.
        port: on 127.0.0.1.
        pid: of the first process.
    """

    def __init__(self, name: str, port: int, pid: int) -> None:
        self.name, self.port, self.pid = name, port, pid

    def cpu(self) -> float:
        """Seconds of CPU used so far by all its processes and threads, ended threads included."""
        return sum(_cpu_clock(pid) for pid in self._pids())

    def resident(self) -> int:
        """Bytes of memory that are its own (proportional set size: shared pages count once)."""
        return sum(_pss(pid) for pid in self._pids())

    def peak(self) -> int:
        """Largest resident size so far, in bytes."""
        return sum(_status(pid, "VmHWM") for pid in self._pids())

    def _pids(self) -> list[int]:
        found = [self.pid]
        for pid in found:
            found += [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        return found


@contextmanager
def serving(
    name: str,
    command: Sequence[str],
    port: int,
    *,
    env: Mapping[str, str] | None = None,
    core: int = SERVER_CORE,
) -> Iterator[Server]:
    """Runs a server on one core until the block ends.

    Raises:
        RuntimeError: it does not listen on its port within 20 seconds; the message holds the end of its log.
    """
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{name}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            ["taskset", "-c", str(core), *command],
            env={**os.environ, **(env or {})},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_for(port, process, log)
        yield Server(name, port, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on, below those that the system gives to clients."""
    start = 20_000 + os.getpid() % 5_000
    for port in range(start, 32_000):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("no free port")


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"{process.args!r} does not listen:\n{log.read_text(errors='replace')[-2000:]}")


def _cpu_clock(pid: int) -> float:
    return time.clock_gettime(
        (~pid << 3) | 2
    )  # CPUCLOCK_SCHED of a process, as clock_getcpuclockid(3) makes it


def _pss(pid: int) -> int:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return next(int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:"))


def _status(pid: int, field: str) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith(f"{field}:"))
