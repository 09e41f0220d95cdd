"""A running shop, and browsers that visit it."""

import os
import subprocess
import sys
from pathlib import Path

from tests.support.servers import AsgiServer

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "embedded"


class Shop:
    """One process of the example, furnished with its three people and three orders.

    Args:
        prefix: path below which the site lives, as it would behind a proxy; empty for the root.
        chromium: the browser in which everybody gets a context of their own.
        folder: where the database and the log go.
    """

    def __init__(self, prefix, chromium, folder):
        self._chromium = chromium
        self._contexts = []
        self._signed_in = {}  # what the browser of somebody who has signed in keeps
        self._environment = {
            "DJANGO_SETTINGS_MODULE": "shop.settings",
            "SHOP_DATABASE": str(folder / "shop.sqlite3"),
            "SHOP_PREFIX": prefix,
        }
        self.manage("migrate", "--verbosity", "0")
        self.manage("furnish")
        self._server = AsgiServer("shop.asgi:application", folder, env=self._environment, cwd=EXAMPLE).start()
        self._root = f"{self._server.url}{prefix}/"

    @property
    def log(self):
        return self._server.output

    def url(self, path=""):
        return self._root + path

    def new_page(self, **options):
        """A page in a browser of its own, which nobody has used before unless `options` say so."""
        self._contexts.append(self._chromium.new_context(**options))
        return self._contexts[-1].new_page()

    def sign_in(self, who):
        """A page in a browser of its own, in which this person has signed in."""
        if who not in self._signed_in:
            self._signed_in[who] = self._fill_in_form(self.new_page(), who)
        return self.new_page(storage_state=self._signed_in[who])

    def room_of(self, page):
        """The id of the room that a page shows."""
        return int(page.locator("zashiki-room").get_attribute("data-room"))

    def close_browsers(self):
        while self._contexts:
            self._contexts.pop().close()

    def stop(self):
        self.close_browsers()
        self._server.stop()

    def manage(self, *arguments):
        """Run one of Django's commands.

        Returns:
            what it printed.
        """
        command = [sys.executable, "manage.py", *arguments]
        environment = {**os.environ, **self._environment}
        return subprocess.run(
            command, cwd=EXAMPLE, env=environment, check=True, capture_output=True, text=True
        ).stdout

    def _fill_in_form(self, page, who):
        page.goto(self.url("sign-in/"))
        page.get_by_label("Email").fill(f"{who}@example.org")
        page.get_by_label("Password").fill("room")
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(self.url())
        return page.context.storage_state()
