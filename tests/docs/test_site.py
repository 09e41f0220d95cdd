"""The lines for a Django site in README.md, docs/embedding.md and docs/from-the-tutorial.md, and their Japanese editions, run in a new project."""

import asyncio
import json
import re
import textwrap
import urllib.error
import urllib.request

import pytest
from websockets.sync.client import connect

from tests.docs.blocks import block
from tests.docs.project import Project
from tests.docs.shell import Machine
from tests.server.browser import make_owner
from tests.support.servers import Process
from zashiki.testing import ChatClient

EMBEDDING = "docs/embedding.md"
READMES = ["README.md", "README.ja.md"]
TUTORIALS = ["docs/from-the-tutorial.md", "docs/ja/from-the-tutorial.md"]


@pytest.fixture(params=READMES)
def readme_project(request, tmp_path):
    readme, project = request.param, Project(tmp_path)
    project.apply(block(readme, "urlpatterns +="))
    project.write("orders/templates/order.html", block(readme, "{% room order %}"))
    policy = block(readme, "class ShopPolicy")
    project.write("orders/policy.py", policy)
    project.add("settings.py", re.search(r'ZASHIKI_POLICY = "[^"]+"', policy)[0])
    return project


@pytest.fixture(scope="module")
def embedding_project(tmp_path_factory):
    project = Project(tmp_path_factory.mktemp("embedding"))
    for words in (
        'INSTALLED_APPS += ["zashiki"]',
        'path("help/chat/"',
        "application = with_rooms",
        "class ShopPolicy",
    ):
        project.apply(block(EMBEDDING, words))
    project.add("settings.py", block(EMBEDDING, "ModuleStorage"))
    style = f"<style>{block(EMBEDDING, '--z-height')}</style>"
    project.write("orders/templates/order.html", style + block(EMBEDDING, "{% room order %}"))
    project.write("orders/giving.py", block(EMBEDDING, "def give_to"))
    return project


def page(server, session):
    request = urllib.request.Request(f"{server.url}/orders/1/", headers={"Cookie": f"sessionid={session}"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read().decode()


def connection(server, session, path="/ws/zashiki/"):
    return connect(
        server.socket_url(path),
        additional_headers={"Cookie": f"sessionid={session}"},
        subprotocols=["zashiki.v1"],
        proxy=None,
        open_timeout=30,
    )


def ask(socket, **command):
    """The answer to a command; events before it are passed over."""
    socket.send(json.dumps({"ref": 1, **command}))
    while (said := json.loads(socket.recv(timeout=30)))["type"] not in {"ok", "error"}:
        pass
    return said


def room_talks(server, sessions):
    """Aiko has the room of her order in its page and talks in it; Bela sees nothing of it."""
    shown = page(server, sessions["aiko"])
    room = int(re.search(r'data-room="(\d+)"', shown)[1])
    assert "<zashiki-room" in shown and "<zashiki-room" not in page(server, sessions["bela"])
    with connection(server, sessions["aiko"]) as aiko, connection(server, sessions["bela"]) as bela:
        assert ask(aiko, type="subscribe", room=room)["type"] == "ok"
        assert ask(aiko, type="post", room=room, body="Is it here?", nonce="n")["type"] == "ok"
        assert ask(bela, type="subscribe", room=room)["code"] == "not_found"
    assert "Is it here?" in page(server, sessions["aiko"])
    return room


def test_the_lines_of_the_readme_make_rooms(readme_project):
    sessions = readme_project.furnish()
    readme_project.manage("check", "--fail-level", "WARNING")
    server = readme_project.server().start()
    try:
        room_talks(server, sessions)
    finally:
        server.stop()
    assert "Traceback" not in server.output


def test_the_lines_of_the_page_about_embedding_make_rooms(embedding_project, tmp_path):
    sessions = embedding_project.furnish()
    embedding_project.manage("collectstatic", "--no-input", "--verbosity", "0")
    server = embedding_project.server()
    lines = block(EMBEDDING, "manage.py migrate")
    env = {"UVICORN_PORT": str(server.port)}
    script = Machine(
        embedding_project.folder,
        env,
        {"python": f'{server.command[0]} "$@"', "uvicorn": f'exec {server.command[0]} -m uvicorn "$@"'},
    )
    shown = Process(
        ["sh", "-c", script.script(lines)], tmp_path / "log", script.env, embedding_project.folder
    )
    shown.env = script.env
    shown.environment.pop("DJANGO_SETTINGS_MODULE", None)
    shown.answers = server.answers
    shown.start()
    try:
        room = room_talks(server, sessions)
        assert "--z-height" in page(server, sessions["aiko"])
        embedding_project.shell(given(block(EMBEDDING, "writer.post")))
        shown_page = page(server, sessions["aiko"])
        assert "Your parcel has left the house." in shown_page and "Shall I wrap it?" in shown_page
        with connection(server, sessions["aiko"]) as aiko:
            assert ask(aiko, type="subscribe", room=room)["type"] == "ok"
            embedding_project.shell(GIVE)
            assert ends(aiko, room)
    finally:
        shown.stop()


def given(text):
    """With what the page's reader has at hand: an order, and a request of its customer."""
    return f"""
from types import SimpleNamespace
from orders.models import Order
order = Order.objects.get(pk=1)
request = SimpleNamespace(user=order.customer)
{text}"""


GIVE = """
from orders.giving import give_to
from orders.models import Customer, Order
give_to(Order.objects.get(pk=1), Customer.objects.get(username="bela"))
"""


def ends(socket, room):
    """Whether the right to the room ends within the heartbeat: this process and the server share no layer."""
    while True:
        said = json.loads(socket.recv(timeout=20))
        if said["type"] == "unsubscribed":
            return said["room"] == room


def test_the_layer_for_several_processes_works(embedding_project, redis_url):
    text = block(EMBEDDING, "RedisPubSubChannelLayer")
    assert "redis://redis:6379/0" in text
    check_layer(text.replace("redis://redis:6379/0", redis_url))


@pytest.mark.parametrize("tutorial", TUTORIALS)
def test_the_layer_of_step_1_works(tutorial, redis_url):
    text = block(tutorial, "channels_redis.core.RedisChannelLayer")
    check_layer(text.replace("redis://redis:6379/0", redis_url))


def check_layer(text):
    """A message goes from one layer that is made as the text says to another one."""
    from channels.layers import ChannelLayerManager
    from django.test import override_settings

    found = {}
    exec(text, found)

    async def talk():
        with override_settings(CHANNEL_LAYERS=found["CHANNEL_LAYERS"]):
            one, other = ChannelLayerManager()["default"], ChannelLayerManager()["default"]
            channel = await other.new_channel()
            await other.group_add("tea", channel)
            await one.group_send("tea", {"type": "said"})
            async with asyncio.timeout(20):
                return await other.receive(channel)

    assert asyncio.run(talk()) == {"type": "said"}


@pytest.mark.parametrize("tutorial", TUTORIALS)
def test_step_4_makes_the_tutorials_project_a_room_with_history(tutorial, tmp_path):
    project = Project(tmp_path)
    text = block(tutorial, "ZASHIKI_TUTORIAL_SOCKETS = True")
    project.add(
        "settings.py", 'CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}'
    )
    project.apply(text)
    project.furnish()
    project.manage("check")
    server = project.server().start()
    try:
        with (
            connect(server.socket_url("/ws/chat/tea/"), proxy=None) as one,
            connect(server.socket_url("/ws/chat/tea/"), proxy=None) as other,
        ):
            one.send(json.dumps({"message": "still here"}))
            assert json.loads(other.recv(timeout=20))["message"] == "still here"
        with urllib.request.urlopen(f"{server.url}/chat/tea/", timeout=30) as answer:
            assert "still here" in answer.read().decode()
    finally:
        server.stop()


@pytest.mark.parametrize("tutorial", TUTORIALS)
def test_the_name_of_a_group_of_step_2_is_one_that_channels_takes(tutorial):
    from channels.layers import BaseChannelLayer

    text = block(tutorial, "hashlib.sha256")

    class Consumer:
        scope = {"url_route": {"kwargs": {"room_name": "雑談 café"}}}

    exec("import hashlib, unicodedata\n" + text, {"self": Consumer})
    BaseChannelLayer().require_valid_group_name(Consumer.group)


async def test_the_chat_client_talks(serve):
    server = serve()
    owner = await asyncio.to_thread(make_owner, server)
    given = {
        "ChatClient": ChatClient,
        "host": server.host,
        "signed_in_as_aiko": dict(re.findall(r"(\w+)=([^;]+)", owner.cookies)),
    }
    text = textwrap.indent(block(EMBEDDING, "async with ChatClient"), "    ")
    exec(f"async def talk():\n{text}", given)
    await given["talk"]()
    assert "Tea is ready" in (await asyncio.to_thread(owner.get, "/chat/lobby/"))[1]


def test_the_log_of_a_site_holds_no_links(tmp_path):
    project = Project(tmp_path)
    for words in ('INSTALLED_APPS += ["zashiki"]', 'path("help/chat/"', "application = with_rooms"):
        project.apply(block(EMBEDDING, words))
    project.add("settings.py", block(EMBEDDING, "RedactingFormatter"))
    project.furnish()
    server = project.server()
    server.command += ["--no-access-log"]
    server.start()
    try:
        for method in ("GET", "POST"):  # a link that is none, and a form without its token
            request = urllib.request.Request(f"{server.url}/help/chat/invitation/s3cr3tW0rd/", method=method)
            with pytest.raises(urllib.error.HTTPError):
                urllib.request.urlopen(request, timeout=30)
        assert server.output.count("/help/chat/invitation/...") == 2 and "s3cr3tW0rd" not in server.output
    finally:
        server.stop()
