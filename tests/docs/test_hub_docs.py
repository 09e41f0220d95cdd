"""The ten lines of docs/hub.md, run as they stand."""

import json
import subprocess
import sys
import urllib.request

import pytest
from websockets.sync.client import connect

from tests.docs.blocks import block
from tests.docs.shell import Machine
from tests.support.servers import AsgiServer, Process

PAGE = "docs/hub.md"
SETTINGS = """
SECRET_KEY = "only here"
ROOT_URLCONF = "its_urls"
INSTALLED_APPS = ["channels"]
ALLOWED_HOSTS = ["127.0.0.1"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
"""
VIEW = """
from django.http import HttpResponse
from django.urls import path

def bake(request):
    exec(TEXT, {})
    return HttpResponse("baked")

urlpatterns = [path("bake/", bake)]
"""


@pytest.fixture
def server(folder):
    for name, words in {"consumers.py": "class NewsConsumer", "asgi.py": "ProtocolTypeRouter"}.items():
        text = block(PAGE, words)
        assert text.startswith(f"# {name}\n")
        (folder / name).write_text(text)
    (folder / "its_settings.py").write_text(SETTINGS)
    (folder / "its_urls.py").write_text(f"TEXT = {block(PAGE, 'transaction.on_commit')!r}\n{VIEW}")
    server = AsgiServer("asgi:application", folder)
    env = {
        "DJANGO_SETTINGS_MODULE": "its_settings",
        "PYTHONPATH": str(folder),
        "UVICORN_PORT": str(server.port),
    }
    machine = Machine(folder, functions={"uvicorn": f'exec {sys.executable} -m uvicorn "$@"'})
    script = machine.script(block(PAGE, "uvicorn asgi:application"))
    process = Process(["sh", "-c", script], folder / "log", env, folder)
    process.answers = server.answers
    process.start()
    yield server
    process.stop()


def test_the_ten_lines_show_a_message_to_everybody(server):
    address = server.socket_url("/ws/news/")
    with connect(address) as aiko, connect(address) as bela:
        aiko.send("the bread is ready")
        for each in (aiko, bela):
            assert json.loads(each.recv(timeout=5)) == {"said": "the bread is ready"}


def test_a_view_shows_something_to_everybody(server):
    with connect(server.socket_url("/ws/news/")) as aiko:
        with urllib.request.urlopen(f"{server.url}/bake/", timeout=20) as answer:
            assert answer.read() == b"baked"
        assert json.loads(aiko.recv(timeout=5)) == {"said": "the bread is ready"}


def test_the_options_are_set():
    text = (
        block(PAGE, "configure(")
        + "\nfrom zashiki.hub.options import options\nprint(options().send_buffer_high)"
    )
    done = subprocess.run(
        [sys.executable, "-c", text], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == f"{512 * 1024}\n"
