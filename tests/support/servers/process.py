"""A process that a test starts, watches and ends."""

import os
import random
import signal
import socket
import subprocess
import time
from pathlib import Path

START = 30  # seconds that a server may take until it answers
STOP = 15  # seconds that it may take to end when asked to

# Below those that the system gives to outgoing connections, which would be in the way later.
PORTS = range(20_000, 32_000)

_given = set()


def free_port():
    """A port of 127.0.0.1 that nobody listens on, and that nobody else gets while these tests run."""
    while True:
        port = random.SystemRandom().choice(_share())
        if port not in _given and _is_free(port):
            _given.add(port)
            return port


def _share():
    """Of the ports those of this process: a server that is away for a moment finds its port free when it comes back."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    return PORTS[worker :: int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))]


def _is_free(port):
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


class Process:
    """A command that runs until the test ends it. All its output goes to ``log``.

    Args:
        command: what to run; the first word is a program.
        log: file to append the output to.
        env: what to add to this process's environment; ``None`` takes a variable away.
        cwd: folder to run in.
        user: name of the user to run as, when this process is root's.
    """

    def __init__(self, command, log, env=None, cwd=None, user=None):
        self.command = [str(word) for word in command]
        self.log = Path(log)
        self.cwd = cwd
        self.environment = {**os.environ, **(env or {})}
        self.environment = {name: str(value) for name, value in self.environment.items() if value is not None}
        self._user = user if os.geteuid() == 0 else None
        self._running = None

    @property
    def pid(self):
        return self._running.pid

    @property
    def is_running(self):
        return self._running is not None and self._running.poll() is None

    @property
    def output(self):
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def start(self):
        """Starts it and returns when `answers` says that it is ready."""
        self.spawn()
        self.wait_until(self.answers)
        return self

    def spawn(self):
        """Starts it without waiting."""
        assert not self.is_running
        with self.log.open("a") as log:
            self._running = subprocess.Popen(
                self.command,
                cwd=self.cwd,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                user=self._user,
                group=self._user,
                extra_groups=[] if self._user else None,
                start_new_session=True,
            )

    def answers(self):
        """Whether it is ready; for subclasses."""
        return True

    def wait_until(self, condition, patience=START):
        """Returns when ``condition()`` holds; fails with the output when it does not in time, or the process has ended."""
        until = time.monotonic() + patience
        while time.monotonic() < until and self.is_running:
            if condition():
                return
            time.sleep(0.02)
        raise AssertionError(
            f"{' '.join(self.command)}: {condition} did not come true\n{self.output[-4000:]}"
        )

    def wait(self, patience=STOP):
        """The exit status, when it has ended by itself."""
        return self._running.wait(patience)

    def terminate(self):
        """SIGTERM, and wait for the end.

        Returns:
            the exit status.
        """
        return self._end(signal.SIGTERM)

    def stop(self):
        """Ends it in whatever state it is; does nothing when it is not running."""
        if self.is_running:
            self.resume()
            self.terminate()

    def kill(self):
        """``kill -9``, for it and for the processes it started."""
        os.killpg(self.pid, signal.SIGKILL)
        self._running.wait()

    def pause(self):
        """SIGSTOP: it keeps its connections and does nothing."""
        os.killpg(self.pid, signal.SIGSTOP)

    def resume(self):
        os.killpg(self.pid, signal.SIGCONT)

    def restart(self):
        self.stop()
        return self.start()

    def _end(self, how):
        self._running.send_signal(how)
        try:
            return self._running.wait(STOP)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(
                f"{' '.join(self.command)} did not end when asked to\n{self.output[-4000:]}"
            ) from None
