"""Processes of the example in ``examples/tutorial``, each on a free port."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "tutorial"
SEATED = ["uvicorn", "--log-level", "warning", "--ws", "zashiki.seating.uvicorn:SeatedProtocol"]
UVICORN = ["uvicorn", "--log-level", "warning"]
DAPHNE = ["daphne", "--verbosity", "0", "--bind", "127.0.0.1"]
START = 30  # seconds that a process may take to answer


class Site:
    """The example over one layer, in as many processes as there are commands.

    Args:
        layer: a value of ``TUTORIAL_LAYER``.
        redis: address of the Redis; not used in memory.
        folder: where the database and the logs go.
        commands: the servers, without port and application.
        settings: the Django settings; the example's own unless a test wants others.
    """

    def __init__(self, layer, redis, folder, commands, settings="tutorial.settings"):
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": settings,
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")]),
            "TUTORIAL_LAYER": layer,
            "TUTORIAL_REDIS": redis,
            "TUTORIAL_DATABASE": str(folder / f"{settings}.{layer}.sqlite3"),
        }
        self.log = folder / f"{settings}.{layer}.log"
        self.manage("migrate", "--verbosity", "0")
        self.ports = [_free_port() for _ in commands]
        self._running = [self._start(command, port) for command, port in zip(commands, self.ports, strict=True)]

    @property
    def servers(self):
        """Host and port of each process."""
        return [f"127.0.0.1:{port}" for port in self.ports]

    def manage(self, *arguments):
        """Run one of Django's commands.

        Returns:
            what it printed on both streams.
        """
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=EXAMPLE, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        return done.stdout

    def wait(self):
        for running, port in zip(self._running, self.ports, strict=True):
            _wait(running, port, self.log)
        return self

    def stop(self):
        for running in self._running:
            running.terminate()
        for running in self._running:
            try:
                running.wait(10)
            except subprocess.TimeoutExpired:
                running.kill()
                running.wait()

    def _start(self, command, port):
        with self.log.open("a") as log:
            return subprocess.Popen(
                [sys.executable, "-m", *command, "--port", str(port), "tutorial.asgi:application"],
                cwd=EXAMPLE,
                env=self.environment,
                stdout=log,
                stderr=log,
            )


def _wait(running, port, log):
    until = time.monotonic() + START
    while time.monotonic() < until and running.poll() is None:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"did not start:\n{log.read_text()}")


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]
