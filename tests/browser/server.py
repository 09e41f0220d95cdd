"""The chat server that the journeys visit."""

import os
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from tests.support.servers import ZashikiServer

ROOT = Path(__file__).resolve().parents[2]
IMPATIENT = {
    "ZASHIKI_WRITE_TIMEOUT": "1",
    "ZASHIKI_POSTS_PER_MINUTE": "0",
    "ZASHIKI_GUEST_RATE": "0",
    "ZASHIKI_ROOM_RATE": "0",
    "ZASHIKI_GUEST_CONNECTIONS": "0",
}
PATIENT = {
    "ZASHIKI_WRITE_TIMEOUT": "10",
    "ZASHIKI_GUEST_RATE": "0",
    "ZASHIKI_ROOM_RATE": "0",
    "ZASHIKI_GUEST_CONNECTIONS": "0",
}  # where nothing fails on purpose, on a busy machine


class ChatServer(ZashikiServer):
    """A server that gives up on a database that is away after a second, so that a journey can see it fail."""

    def __init__(self, folder, env=None):
        super().__init__(folder, env={**IMPATIENT, **(env or {})})
        self.start()

    def address(self, room_name=None):
        """Of the index, or of the room with this name."""
        path = "" if room_name is None else quote(room_name, safe="") + "/"
        return f"{self.url}/chat/{path}"

    def fill(self, room_name, count):
        """Messages 1 to `count` in a room, as if four people had talked there yesterday."""
        self.run("tests.browser.seed_messages", room_name, str(count))

    def run(self, module, *arguments):
        """Run a module with the server's settings and database."""
        settings = {"DJANGO_SETTINGS_MODULE": "zashiki.server.settings", "ZASHIKI_DATA_DIR": str(self.folder)}
        subprocess.run(
            [sys.executable, "-m", module, *arguments], cwd=ROOT, env={**os.environ, **settings}, check=True
        )

    def stored(self, room_name, body):
        """How often the table holds this body in this room."""
        with sqlite3.connect(self._database) as database:
            rows = database.execute(
                "select count(*) from zashiki_message m join zashiki_room r on r.id = m.room_id where r.name = ? and m.body = ?",
                (room_name, body),
            )
            return rows.fetchone()[0]

    def lets_invitations_expire(self):
        self._execute("update zashiki_invitation set expires_at = '2001-01-01 00:00:00'")

    @contextmanager
    def without_table(self):
        """The messages cannot be reached for a while: posts are refused as "unavailable" after ZASHIKI_WRITE_TIMEOUT."""
        self._execute("alter table zashiki_message rename to zashiki_message_elsewhere")
        try:
            yield
        finally:
            self._execute("alter table zashiki_message_elsewhere rename to zashiki_message")

    @contextmanager
    def without_posting(self, room_name):
        """Nobody but moderators may post in this room for a while."""
        self.run("tests.browser.set_posting", room_name, "moderators")
        try:
            yield
        finally:
            self.run("tests.browser.set_posting", room_name, "everybody")

    def _execute(self, statement):
        database = sqlite3.connect(self._database, isolation_level=None)
        database.execute(statement)
        database.close()

    @property
    def _database(self):
        return self.folder / "zashiki.sqlite3"
