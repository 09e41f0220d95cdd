"""After SECRET_KEY was rotated (Django, ``SECRET_KEY_FALLBACKS``) who was signed in stays so, on pages and sockets; a socket ends no session."""

import json

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.contrib.auth import get_user_model
from django.core.asgi import get_asgi_application
from django.test import Client

from zashiki.asgi import with_rooms
from zashiki.people import sessions
from zashiki.people.visitors import visitor_from_cookies
from zashiki.person import user_key
from zashiki.realtime import runtime
from zashiki.testing import signed_in, visiting

OLD = "for tests only"  # of tests.settings
ENGINES = [
    "django.contrib.sessions.backends.db",
    "django.contrib.sessions.backends.cached_db",
    "django.contrib.sessions.backends.cache",
    "django.contrib.sessions.backends.signed_cookies",
    "tests.host_sites.own_sessions",
]


@pytest.fixture(params=ENGINES)
def engine(request, settings):
    settings.SESSION_ENGINE = request.param
    return request.param


@pytest.fixture
def aiko(transactional_db):
    return get_user_model().objects.create_user("aiko", password="x")


@sync_to_async
def sign_in(user):
    return signed_in(user)


@sync_to_async
def signed_in_by(cookies):
    return sessions.user_of(sessions.stored(cookies["sessionid"]))


@sync_to_async
def name_on_page(cookies):
    client = Client()
    client.cookies.load(cookies)
    page = client.get("/chat/me/profile/")
    kept = {name: morsel.value for name, morsel in client.cookies.items()}
    return page.status_code, kept


async def answered(client):
    """The answer to the first command, or ``None`` when the socket was closed instead."""
    while (said := await client.receive_output(10))["type"] == "websocket.send":
        if (event := json.loads(said["text"])).get("ref") == 1:
            return event
    return None


async def sits(cookies, user=None):
    """Whether a socket with these cookies comes in and sits down, as the page of this user opens it."""
    asked = f"?as={user_key(user.pk)}" if user else ""
    sent = "; ".join(f"{name}={value}" for name, value in cookies.items()).encode()
    application = with_rooms(get_asgi_application())
    client = WebsocketCommunicator(
        application, f"/ws/zashiki/{asked}", [(b"cookie", sent)], subprotocols=["zashiki.v1"]
    )
    try:
        assert (await client.connect(10))[0]
        await client.send_to(text_data=json.dumps({"type": "subscribe", "room": "tea", "ref": 1}))
        answer = await answered(client)
        await client.disconnect()
        return answer is not None and answer["type"] == "ok"
    finally:
        await runtime.close_runtime()


async def test_who_was_signed_in_stays_so(aiko, engine, settings):
    cookies = await sign_in(aiko)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [OLD]
    assert await sits(cookies, aiko)
    assert await signed_in_by(cookies) == aiko, "the socket has changed the session"
    status, renewed = await name_on_page(cookies)  # a page renews the session, with a new cookie
    assert status == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert await sits(renewed, aiko)
    assert await signed_in_by(renewed) == aiko


async def test_a_key_that_is_gone_lets_nobody_in_and_ends_no_session(aiko, engine, settings):
    settings.ZASHIKI_ALLOW_VISITORS = False
    cookies = await sign_in(aiko)
    settings.SECRET_KEY = "another"
    assert not await sits(cookies, aiko)
    settings.SECRET_KEY = OLD
    assert await signed_in_by(cookies) == aiko, "the socket has ended the session"


def test_a_guest_stays_the_same(settings):
    cookies = visiting("Vera")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [OLD]
    assert visitor_from_cookies(cookies).name == "Vera"
