"""The ten lines of docs/seating.md, run as they stand."""

import json
import re
from pathlib import Path

import pytest
from websockets.sync.client import connect

from tests.servers import AsgiServer

PAGE = Path(__file__).resolve().parents[2] / "docs" / "seating.md"
SETTINGS = """
SECRET_KEY = "only here"
ROOT_URLCONF = []
INSTALLED_APPS = ["channels"]
"""


@pytest.fixture
def server(folder):
    for name, text in re.findall(r"```python\n# (\w+\.py)\n(.*?)```", PAGE.read_text(), re.DOTALL):
        (folder / name).write_text(text)
    (folder / "its_settings.py").write_text(SETTINGS)
    env = {"DJANGO_SETTINGS_MODULE": "its_settings", "PYTHONPATH": str(folder)}
    server = AsgiServer("asgi:application", folder, env=env, cwd=folder).start()
    yield server
    server.stop()


def test_the_ten_lines_show_a_message_to_everybody(server):
    address = server.socket_url("/ws/news/")
    with connect(address) as aiko, connect(address) as bela:
        aiko.send("the bread is ready")
        for each in (aiko, bela):
            assert json.loads(each.recv(timeout=5)) == {"said": "the bread is ready"}
