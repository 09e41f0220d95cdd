"""``zashiki serve`` as a real process."""

import json
import sys
import urllib.error
import urllib.request

from tests.support.servers.process import Process, free_port


class ZashikiServer(Process):
    """
    Args:
        folder: the data folder; the log goes there too.
        *options: more words for ``zashiki serve``.
        port: one to listen on; a free one unless given.
        env: what to add to the environment.
        command: what to run instead of ``zashiki serve``, without ``--port`` and ``--data``.
    """

    def __init__(self, folder, *options, port=None, env=None, command=None):
        self.folder = folder
        self.port = port or free_port()
        self.host = f"127.0.0.1:{self.port}"
        self.url = f"http://{self.host}"
        command = command or [sys.executable, "-m", "zashiki.server.cli", "serve"]
        command = [*command, "--port", self.port, "--data", folder, *options]
        super().__init__(command, folder / f"serve-{self.port}.log", env)

    def socket_url(self, path):
        return f"ws://{self.host}{path}"

    def answers(self):
        _, found = self.health()
        return found is not None

    def health(self):
        """Status and parsed body of ``/healthz``; ``(None, None)`` when nobody answers, or somebody else."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refused:
            return refused.code, _parsed(refused)
        except (OSError, ValueError):
            return None, None

    def get(self, path, **headers):
        """Status, headers and text of a page; redirects are followed."""
        request = urllib.request.Request(self.url + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.headers, refused.read().decode()


def _parsed(answer):
    try:
        return json.load(answer)
    except ValueError:
        return None
