"""Any ASGI application on any server."""

import socket
import sys

from tests.support.servers.process import Process, free_port

SEATED = "zashiki.hub.uvicorn:HubProtocol"


class AsgiServer(Process):
    """
    Args:
        application: ``module:name``.
        folder: where the log goes.
        server: ``uvicorn`` or ``daphne``.
        ws: uvicorn's WebSocket protocol.
        workers: processes of uvicorn.
        env: what to add to the environment.
        cwd: where the application's modules are.
    """

    def __init__(self, application, folder, server="uvicorn", ws=SEATED, workers=1, env=None, cwd=None):
        self.port = free_port()
        self.host = f"127.0.0.1:{self.port}"
        self.url = f"http://{self.host}"
        command = [sys.executable, "-m", server, "--port", self.port]
        if server == "uvicorn":
            command += ["--ws", ws, "--workers", workers, "--log-level", "warning"]
        super().__init__([*command, application], folder / f"{server}-{self.port}.log", env, cwd)

    def socket_url(self, path):
        return f"ws://{self.host}{path}"

    def answers(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True
