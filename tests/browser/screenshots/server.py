"""The chat_server that is looked at, room by room."""

import sqlite3

from tests.browser.server import ChatServer

OPTIONS = {  # what makes more of it visible
    "ZASHIKI_SMTP_URL": "smtp://127.0.0.1:9",
    "ZASHIKI_OIDC_ISSUER": "https://login.example.org",
    "ZASHIKI_OIDC_CLIENT_ID": "zashiki",
    "ZASHIKI_OIDC_CLIENT_SECRET": "never asked for",
    "ZASHIKI_OIDC_PROVIDER_NAME": "Example",
}
KEEP = "create table kept as select id, read_position, draft from zashiki_membership"
RESTORE = """
    update zashiki_membership set (read_position, draft) =
    (select read_position, draft from kept where kept.id = zashiki_membership.id)
"""


class ScreenshotServer(ChatServer):
    def __init__(self, folder):
        super().__init__(folder, OPTIONS)

    def seed_server(self):
        """Until then nobody lives there."""
        self.run("tests.browser.screenshots.seed_server", str(self._token))
        self._execute(KEEP)

    def as_it_was(self):
        """What was read and begun since then is forgotten."""
        self._execute(RESTORE)

    def room_id(self, name):
        with sqlite3.connect(self._database) as database:
            return database.execute("select id from zashiki_room where name = ?", (name,)).fetchone()[0]

    @property
    def invitation(self):
        """The address of a link into the tea room."""
        return f"{self.url}/chat/invitation/{self._token.read_text()}/"

    @property
    def _token(self):
        return self.folder / "invitation"
