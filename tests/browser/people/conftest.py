"""A chat_server with people who live there."""

import pytest

from tests.browser.people.resident import Resident

NAMES = ("Kei", "Aiko", "Ben", "Mori", "Olga")


@pytest.fixture(scope="module")
def inhabited(chat_server):
    chat_server.run("tests.browser.people.residents", *NAMES)
    return chat_server


@pytest.fixture(scope="module")
def kind():
    return Resident


@pytest.fixture
def residents(inhabited, chromium, signed_in):
    """``residents("aiko", "ben")``: browsers in which these have signed in; ``residents(None)`` for somebody without an account.

    Whoever comes twice has signed in twice.
    """
    arrived = []

    def arrive(*usernames, **options):
        for number, username in enumerate(usernames):
            is_known = username is not None and username not in usernames[:number]
            kept = {"storage_state": signed_in(username)} if is_known else {}
            arrived.append(Resident(inhabited, chromium.new_context(**{"locale": "en", **kept, **options})))
            if username and not is_known:
                arrived[-1].signs_in(username)
        return arrived[-len(usernames) :] if len(usernames) > 1 else arrived[-1]

    yield arrive
    for resident in arrived:
        resident.context.close()
    assert not [fault for resident in arrived for fault in resident.faults]
