"""A real server that the journeys visit, and that can be killed and started again."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
START = 30  # seconds that the server may take to answer
SEATED = ["--ws", "zashiki.seating.uvicorn:SeatedProtocol", "--log-level", "warning"]


class House:
    """One server with its database in a folder of its own."""

    def __init__(self, folder):
        self._log = folder / "house.log"
        self._database = folder / "house.sqlite3"
        self._environment = {
            **os.environ,
            "JOURNEYS_FOLDER": str(folder),
            "DJANGO_SETTINGS_MODULE": "tests.journeys.site",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }
        self._port = _free_port()
        self._run("django", "migrate", "--verbosity", "0")
        self.start()

    def url(self, room_name=None):
        """The address of the index, or of the room with this name."""
        path = "" if room_name is None else quote(room_name, safe="") + "/"
        return f"http://127.0.0.1:{self._port}/chat/{path}"

    def start(self):
        with self._log.open("a") as log:
            self._server = subprocess.Popen(
                [sys.executable, "-m", "uvicorn", *SEATED, "--port", str(self._port), "tests.journeys.application:application"],
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
            )
        self._wait()

    def kill(self):
        """As a power cut would: no goodbye to anybody."""
        self._server.send_signal(signal.SIGKILL)
        self._server.wait()

    def stop(self):
        self._server.terminate()
        try:
            self._server.wait(10)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()

    def fill(self, room_name, count):
        """Messages 1 to `count` in a room, as if four people had talked there yesterday."""
        self._run("tests.journeys.fill", room_name, str(count))

    def stored(self, room_name, body):
        """How often the table holds this body in this room."""
        with sqlite3.connect(self._database) as database:
            rows = database.execute(
                "select count(*) from zashiki_message m join zashiki_room r on r.id = m.room_id where r.name = ? and m.body = ?",
                (room_name, body),
            )
            return rows.fetchone()[0]

    @contextmanager
    def locked(self):
        """Somebody else holds the database, so that nothing can be stored."""
        database = sqlite3.connect(self._database, isolation_level=None)
        database.execute("begin immediate")
        try:
            yield
        finally:
            database.execute("rollback")
            database.close()

    # Private

    def _run(self, module, *arguments):
        subprocess.run([sys.executable, "-m", module, *arguments], cwd=ROOT, env=self._environment, check=True)

    def _wait(self):
        until = time.monotonic() + START
        while time.monotonic() < until and self._server.poll() is None:
            try:
                return socket.create_connection(("127.0.0.1", self._port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"did not start:\n{self._log.read_text()}")


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]
