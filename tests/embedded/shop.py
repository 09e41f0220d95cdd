"""A running shop, and browsers that visit it."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "embedded"
START = 30  # seconds that the server may take to answer


class Shop:
    """One process of the example, furnished with its three people and two orders.

    Args:
        prefix: path below which the site lives, as it would behind a proxy; empty for the root.
        chromium: the browser in which everybody gets a context of their own.
        folder: where the database and the log go.
    """

    def __init__(self, prefix, chromium, folder):
        self._chromium = chromium
        self._contexts = []
        self._log = folder / "shop.log"
        self._environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "shop.settings",
            "SHOP_DATABASE": str(folder / "shop.sqlite3"),
            "SHOP_PREFIX": prefix,
        }
        self._manage("migrate", "--verbosity", "0")
        self._manage("furnish")
        port = _free_port()
        self._root = f"http://127.0.0.1:{port}{prefix}/"
        self._server = self._start(port)
        _wait(self._server, port, self._log)

    def url(self, path=""):
        return self._root + path

    def new_page(self):
        """A page in a browser that nobody has used before."""
        self._contexts.append(self._chromium.new_context())
        return self._contexts[-1].new_page()

    def sign_in(self, who):
        """A page in a browser of its own, in which this person has signed in."""
        page = self.new_page()
        page.goto(self.url("sign-in/"))
        page.get_by_label("Email").fill(f"{who}@example.org")
        page.get_by_label("Password").fill("room")
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(self.url())
        return page

    def room_of(self, page):
        """The id of the room that a page shows."""
        return int(page.locator("zashiki-room").get_attribute("data-room"))

    def close_browsers(self):
        while self._contexts:
            self._contexts.pop().close()

    def stop(self):
        self.close_browsers()
        self._server.terminate()
        try:
            self._server.wait(10)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()

    def _manage(self, *arguments):
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, cwd=EXAMPLE, env=self._environment, check=True, stdout=subprocess.DEVNULL)

    def _start(self, port):
        seated = ["--ws", "zashiki.seating.uvicorn:SeatedProtocol", "--log-level", "warning"]
        with self._log.open("a") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "uvicorn", *seated, "--port", str(port), "shop.asgi:application"],
                cwd=EXAMPLE,
                env=self._environment,
                stdout=log,
                stderr=log,
            )


def _wait(server, port, log):
    until = time.monotonic() + START
    while time.monotonic() < until and server.poll() is None:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"did not start:\n{log.read_text()}")


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]
