"""The example in ``examples/tutorial`` over one layer, in one process or several."""

import os
import subprocess
import sys
from pathlib import Path

from tests.support.servers import AsgiServer
from tests.support.servers.asgi import SEATED

HERE = Path(__file__).resolve().parent
EXAMPLE = HERE.parents[1] / "examples" / "tutorial"


class Project:
    """
    Args:
        layer: a value of ``TUTORIAL_LAYER``.
        redis_url: address of the Redis; not used in memory.
        folder: where the database and the logs go.
        servers: one process for each: ``hub`` (uvicorn with connections), ``uvicorn`` or ``daphne``.
        settings: the Django settings; the example's own unless a test wants others.
    """

    def __init__(self, layer, redis_url, folder, servers, settings="tutorial.settings"):
        folder.mkdir()
        self.environment = {
            "DJANGO_SETTINGS_MODULE": settings,
            "PYTHONPATH": os.pathsep.join([str(HERE), os.environ.get("PYTHONPATH", "")]),
            "TUTORIAL_LAYER": layer,
            "TUTORIAL_REDIS": redis_url,
            "TUTORIAL_DATABASE": str(folder / "tutorial.sqlite3"),
        }
        self.manage("migrate", "--verbosity", "0")
        self._servers = [self._server(kind, folder) for kind in servers]

    @property
    def hosts(self):
        """Host and port of each process."""
        return [server.host for server in self._servers]

    @property
    def output(self):
        """What the processes have written so far."""
        return "\n".join(server.output for server in self._servers)

    def spawn(self):
        for server in self._servers:
            server.spawn()

    def wait(self):
        for server in self._servers:
            server.wait_until(server.answers)

    def stop(self):
        for server in self._servers:
            server.stop()

    def manage(self, *arguments):
        """Run one of Django's commands.

        Returns:
            what it printed on both streams.
        """
        command = [sys.executable, "manage.py", *arguments]
        environment = {**os.environ, **self.environment}
        return subprocess.run(
            command, cwd=EXAMPLE, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ).stdout

    def _server(self, kind, folder):
        program = "daphne" if kind == "daphne" else "uvicorn"
        ws = SEATED if kind == "hub" else "auto"
        return AsgiServer("tutorial.asgi:application", folder, program, ws, env=self.environment, cwd=EXAMPLE)
