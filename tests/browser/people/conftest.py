"""A chat server with five accounts."""

import pytest

from tests.browser.people.account_pages import AccountPages

NAMES = ("Kei", "Aiko", "Ben", "Mori", "Olga")


@pytest.fixture(scope="module")
def server_with_accounts(chat_server):
    chat_server.run("tests.browser.people.seed_accounts", *NAMES)
    return chat_server


@pytest.fixture(scope="module")
def page_class():
    return AccountPages


@pytest.fixture
def account_pages(server_with_accounts, chromium, signed_in):
    """``account_pages("aiko", "ben")``: browsers in which these have signed in; ``account_pages(None)`` for somebody without an account.

    A name given twice signs in twice.
    """
    arrived = []

    def arrive(*usernames, **options):
        for number, username in enumerate(usernames):
            is_known = username is not None and username not in usernames[:number]
            kept = {"storage_state": signed_in(username)} if is_known else {}
            arrived.append(
                AccountPages(
                    server_with_accounts, chromium.new_context(**{"locale": "en", **kept, **options})
                )
            )
            if username and not is_known:
                arrived[-1].sign_in(username)
        return arrived[-len(usernames) :] if len(usernames) > 1 else arrived[-1]

    yield arrive
    for resident in arrived:
        resident.context.close()
    assert not [fault for resident in arrived for fault in resident.faults]
