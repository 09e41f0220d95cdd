"""Journeys: real servers, a real browser, people who talk."""

import itertools

import pytest

from tests.browser.guest import Guest
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
def guests(chat_server, chromium):
    """Invite a guest: ``guests()``, with Playwright's options of a browser context. Nobody may meet a fault in the page."""
    invited = []

    def invite(chat_server=chat_server, **options):
        invited.append(
            Guest(chat_server, chromium.new_context(**{"viewport": WIDE, "locale": "en", **options}))
        )
        return invited[-1]

    yield invite
    faults = list(itertools.chain.from_iterable(guest.faults for guest in invited))
    for guest in invited:
        guest.context.close()
    assert not faults


@pytest.fixture
def aiko_and_ben(guests):
    """Two people in two browsers who have told their names in the room "tea"."""
    return guests().enters("tea", "Aiko"), guests().enters("tea", "Ben")


@pytest.fixture(scope="module")
def inhabited(chat_server):
    """The chat_server with people who live there; the first one keeps it."""
    chat_server.run("tests.browser.people.residents", "Kei", "Aiko", "Ben")
    return chat_server


@pytest.fixture(scope="module")
def signed_in(inhabited, chromium, kind):
    """``signed_in("aiko")``: the cookies of somebody who has signed in, once for all journeys of a module."""
    known = {}

    def cookies(username):
        if username not in known:
            person = kind(inhabited, chromium.new_context(locale="en"))
            person.signs_in(username)
            known[username] = person.context.storage_state()
            person.context.close()
        return known[username]

    return cookies


@pytest.fixture
def at(chat_server, chromium, kind, signed_in):
    """``at("tea", "aiko")``: a browser in which Aiko has opened the room. Nobody may meet a fault in the page.

    `kind` is the class of those who arrive; a folder of journeys with people who sign in has one.
    """
    arrived = []

    def arrive(room_name, username, **options):
        options = {"viewport": WIDE, "locale": "en", "storage_state": signed_in(username), **options}
        arrived.append(kind(chat_server, chromium.new_context(**options)))
        return arrived[-1].comes_to(room_name)

    yield arrive
    faults = [fault for person in arrived for fault in person.faults]
    for person in arrived:
        person.context.close()
    assert not faults
