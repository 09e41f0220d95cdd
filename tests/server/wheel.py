"""The installed wheel in an empty folder; `bin/test-wheel` installs it and runs this file.

WHEEL         its virtual environment
WHEEL_FOLDER  an empty folder
"""

import os
import subprocess
from pathlib import Path

import pytest

from tests.server.browser import PASSWORD, Browser, make_owner
from tests.server.talking import subscription, talk
from tests.support.servers import ZashikiServer

COMMAND = Path(os.environ["WHEEL"]) / "bin" / "zashiki"
FOLDER = Path(os.environ["WHEEL_FOLDER"])


@pytest.fixture(scope="module")
def server():
    """One process on SQLite."""
    yield from _served(FOLDER / "alone")


@pytest.fixture(scope="module")
def grown(postgres_server, redis_url):
    """Two processes on PostgreSQL and Redis."""
    options = ["--workers", "2", "--database", postgres_server.new_database(), "--redis", redis_url]
    yield from _served(FOLDER / "grown", *options)


def _served(folder, *options):
    folder.mkdir()
    server = ZashikiServer(folder, *options, command=[COMMAND, "serve"], env={"PYTHONPATH": None})
    server.cwd = folder
    yield server.start()
    server.stop()
    assert "Traceback" not in server.output, server.output


def test_it_says_what_it_can_do():
    said = subprocess.run([COMMAND], cwd=FOLDER, capture_output=True, text=True, check=True).stdout
    assert "zashiki serve" in said


def test_two_people_talk(server):
    with subscription(server, "雑談") as aiko, subscription(server, "雑談") as bela:
        talk(aiko, bela)
    assert "おはよう" in server.get("/chat/%E9%9B%91%E8%AB%87/")[2]


def test_people_sign_in(server):
    owner = make_owner(server)
    assert "Aiko 愛子" in owner.get("/chat/")[1]
    owner.send("/accounts/logout/")
    back = Browser(server)
    assert back.send("/accounts/login/", login="aiko", password=PASSWORD)[0] == "/chat/"
    headers = {"Cookie": back.cookies}
    with (
        subscription(server, "雑談", additional_headers=headers) as aiko,
        subscription(server, "雑談") as bela,
    ):
        talk(aiko, bela)
    for path in ("/chat/me/profile/", "/accounts/email/", "/accounts/2fa/", "/accounts/sessions/"):
        assert back.get(path)[1].startswith("<!doctype html>"), path


def test_markdown_code_emoji_and_a_qr_code(server):
    with subscription(server, "tea") as aiko:
        aiko.says("**ready** :tea:\n```python\nimport this\n```")
        aiko.hears("**ready** :tea:\n```python\nimport this\n```")
    page = server.get("/chat/tea/")[2]
    assert "<strong>ready</strong>" in page and "🍵" in page and "<pre" in page


def test_two_processes_serve_people_who_talk(grown):
    make_owner(grown)
    for _ in range(4):  # whichever process each of them meets
        with subscription(grown, "雑談") as aiko, subscription(grown, "雑談") as bela:
            talk(aiko, bela)


def test_pages_styles_scripts_and_languages_are_in_it(server):
    page = server.get("/chat/lobby/")[2]
    files = {part for part in page.split('"') if part.startswith("/static/")}
    assert any(name.endswith(".js") for name in files) and any(name.endswith(".css") for name in files)
    for name in files:
        assert server.get(name)[0] == 200, name
    japanese = server.get("/chat/", **{"Accept-Language": "ja"})[2]
    assert '<html lang="ja"' in japanese and "部屋" in japanese
