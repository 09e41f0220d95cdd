"""Tests in a real browser against real servers."""

import itertools

import pytest

from tests.browser.room_page import RoomPage
from tests.browser.server import ChatServer

WIDE = {"width": 1280, "height": 800}
NARROW = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def chat_server_settings():
    """Settings of this module's server, as environment."""
    return {}


@pytest.fixture(scope="module")
def chat_server(tmp_path_factory, chat_server_settings):
    chat_server = ChatServer(tmp_path_factory.mktemp("chat_server"), chat_server_settings)
    yield chat_server
    chat_server.stop()


@pytest.fixture
def browsers(chat_server, chromium):
    """Open a browser: ``browsers()`` answers a `RoomPage`, with Playwright's options of a browser context. No page may report an error."""
    opened = []

    def open(chat_server=chat_server, **options):
        opened.append(
            RoomPage(chat_server, chromium.new_context(**{"viewport": WIDE, "locale": "en", **options}))
        )
        return opened[-1]

    yield open
    faults = list(itertools.chain.from_iterable(room_page.faults for room_page in opened))
    for room_page in opened:
        room_page.context.close()
    assert not faults


@pytest.fixture
def aiko_and_ben(browsers):
    """Two people in two browsers who have given their names in the room "tea"."""
    return browsers().enter("tea", "Aiko"), browsers().enter("tea", "Ben")


@pytest.fixture(scope="module")
def server_with_accounts(chat_server):
    """The chat server with three accounts; the first is the administrator's."""
    chat_server.run("tests.browser.people.seed_accounts", "Kei", "Aiko", "Ben")
    return chat_server


@pytest.fixture(scope="module")
def signed_in(server_with_accounts, chromium, page_class):
    """``signed_in("aiko")``: the cookies of somebody who has signed in, once for all journeys of a module."""
    known = {}

    def cookies(username):
        if username not in known:
            person = page_class(server_with_accounts, chromium.new_context(locale="en"))
            person.sign_in(username)
            known[username] = person.context.storage_state()
            person.context.close()
        return known[username]

    return cookies


@pytest.fixture
def open_as(chat_server, chromium, page_class, signed_in):
    """``open_as("tea", "aiko")``: a browser in which Aiko has opened the room. No page may report an error.

    `page_class` is the page object that a folder of tests works with.
    """
    arrived = []

    def arrive(room_name, username, **options):
        options = {"viewport": WIDE, "locale": "en", "storage_state": signed_in(username), **options}
        arrived.append(page_class(chat_server, chromium.new_context(**options)))
        return arrived[-1].open_room(room_name)

    yield arrive
    faults = [fault for person in arrived for fault in person.faults]
    for person in arrived:
        person.context.close()
    assert not faults
