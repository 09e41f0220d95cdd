"""An address, a question or a form that is not UTF-8 is refused by every page and socket; all that is UTF-8 is taken as it is."""

import re
from urllib.parse import quote

import pytest
from asgiref.testing import ApplicationCommunicator
from channels.testing import WebsocketCommunicator
from django.contrib.auth import get_user_model
from django.core.asgi import get_asgi_application
from django.test import Client
from django.urls import get_resolver
from django.urls.converters import IntConverter
from django.urls.resolvers import RoutePattern

from zashiki.asgi import with_rooms
from zashiki.models import Room
from zashiki.realtime import runtime
from zashiki.testing import signed_in

# a byte alone, a sequence that is cut, one that is longer than needed, half a surrogate, beyond the last character, Latin-1
NOT_TEXT = ["%ff", "a%80b", "%e3%81", "%c0%af", "%ed%a0%80", "%f5%80%80%80", "caf%e9"]
NAMES = ["%FF", "100%AB", "caf\N{LATIN SMALL LETTER E WITH ACUTE}", "茶の間", "\N{TEACUP WITHOUT HANDLE}"]


def pages():
    """Each page with its parts, by the table of addresses."""
    for pattern in get_resolver("zashiki.urls").url_patterns:
        assert isinstance(pattern.pattern, RoutePattern)
        yield str(pattern.pattern), pattern.pattern.converters


def address_of(route, converters, text):
    """The page's address with a text in the place of its parts that take any; ``None`` where no part does."""
    taken = [name for name, each in converters.items() if not isinstance(each, IntConverter)]
    filled = re.sub(r"<(?:\w+:)?(\w+)>", lambda part: text if part[1] in taken else "1", route)
    return f"/chat/{filled}" if taken else None


@pytest.fixture
def aiko(db):
    return get_user_model().objects.create_user("aiko", password="x")


@pytest.fixture
def client(aiko):
    client = Client()
    client.cookies.load(signed_in(aiko))
    return client


@pytest.mark.parametrize("text", NOT_TEXT)
def test_a_path_leads_nowhere(client, text):
    asked = [address for route, parts in pages() if (address := address_of(route, parts, text))]
    assert len(asked) >= 6
    assert {address: client.get(address).status_code for address in asked} == dict.fromkeys(asked, 404)
    assert not Room.objects.exists()


@pytest.mark.parametrize("text", NOT_TEXT)
def test_a_question_and_a_form_are_refused(client, text):
    asked = [f"/chat/{route}" for route, parts in pages() if not parts]
    found = {
        address: client.generic("GET", address, QUERY_STRING=f"q={text}").status_code for address in asked
    }
    assert found == dict.fromkeys(asked, 400)
    kind = "application/x-www-form-urlencoded"
    found = {
        address: client.post(address, f"name={text}", content_type=kind).status_code for address in asked
    }
    assert found == dict.fromkeys(asked, 400)
    assert not Room.objects.exists()


@pytest.mark.parametrize("text", NAMES)
def test_what_is_text_is_taken(client, text):
    assert (
        client.post("/chat/room/new/", {"name": text, "kind": "public", "posting": "everybody"}).status_code
        == 302
    )
    assert Room.objects.get().name == text
    assert client.get("/chat/", {"name": text}).status_code == 302
    assert client.get(f"/chat/{quote(text)}/", RAW_URI=f"/chat/{quote(text)}/?a=%").status_code == 200


async def status_of(path, raw_path):
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "headers": [],
        "http_version": "1.1",
    }
    if raw_path is not None:
        scope["raw_path"] = raw_path
    client = ApplicationCommunicator(with_rooms(get_asgi_application()), scope)
    await client.send_input({"type": "http.request"})
    status = (await client.receive_output(10))["status"]
    await client.receive_output(10)
    return status


@pytest.mark.parametrize(
    ("path", "raw_path", "status"),
    [
        ("/chat/\ufffd/", b"/chat/%ff/", 404),
        ("/chat/\ufffd/", b"/chat/\xff/", 404),
        ("/chat/\ufffd/", None, 404),
        ("/chat/%FF/", b"/chat/%25FF/", 200),
        ("/chat/caf\xe9/", "/chat/caf\xe9/".encode(), 200),
        ("/chat/tea/", None, 200),
    ],
)
async def test_through_asgi(transactional_db, path, raw_path, status):
    assert await status_of(path, raw_path) == status


@pytest.mark.parametrize(("raw_path", "is_open"), [(b"/ws/chat/%ff/", False), (b"/ws/chat/%25FF/", True)])
async def test_a_socket(transactional_db, raw_path, is_open):
    client = WebsocketCommunicator(with_rooms(get_asgi_application()), "/ws/chat/tea/")
    client.scope.update({"path": "/ws/chat/%FF/", "raw_path": raw_path})
    try:
        assert (await client.connect(10))[0] is is_open
        if is_open:
            await client.disconnect()
    finally:
        await runtime.close_runtime()
