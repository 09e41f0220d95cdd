"""The installed wheel in an empty folder; `bin/try-wheel` installs it and runs this file.

WHEEL         its virtual environment
WHEEL_FOLDER  an empty folder
"""

import os
import subprocess
from pathlib import Path

import pytest

from tests.server.talking import sitting, talk
from tests.servers import ZashikiServer

COMMAND = Path(os.environ["WHEEL"]) / "bin" / "zashiki"
FOLDER = Path(os.environ["WHEEL_FOLDER"])


@pytest.fixture
def server():
    server = ZashikiServer(FOLDER, command=[COMMAND, "serve"], env={"PYTHONPATH": None})
    server.cwd = FOLDER
    yield server.start()
    server.stop()


def test_it_says_what_it_can_do():
    said = subprocess.run([COMMAND], cwd=FOLDER, capture_output=True, text=True, check=True).stdout
    assert "zashiki serve" in said


def test_two_people_talk(server):
    with sitting(server, "雑談") as aiko, sitting(server, "雑談") as bela:
        talk(aiko, bela)
    assert "おはよう" in server.get("/chat/%E9%9B%91%E8%AB%87/")[2]


def test_pages_styles_scripts_and_languages_are_in_it(server):
    page = server.get("/chat/lobby/")[2]
    files = {part for part in page.split('"') if part.startswith("/static/")}
    assert any(name.endswith(".js") for name in files) and any(name.endswith(".css") for name in files)
    for name in files:
        assert server.get(name)[0] == 200, name
    japanese = server.get("/chat/", **{"Accept-Language": "ja"})[2]
    assert '<html lang="ja"' in japanese and "部屋" in japanese
