"""However an account's right to be here ends, its sockets are closed within a few seconds."""

import sqlite3
import time
from contextlib import closing

import pytest

from tests.server.browser import PASSWORD, Browser, make_owner
from tests.server.talking import subscription

SIGNED_OUT = 4408
SOON = 8  # seconds; two heartbeats and more


def signs_out(server, browser):
    browser.send("/accounts/logout/")


def signs_out_everywhere(server, browser):
    elsewhere = Browser(server)
    elsewhere.send("/accounts/login/", login="aiko", password=PASSWORD)
    elsewhere.post("/accounts/sessions/end/")


def changes_the_password(server, browser):
    new = "engawa-shoji-tatami"
    elsewhere = Browser(server)
    elsewhere.send("/accounts/login/", login="aiko", password=PASSWORD)
    elsewhere.send("/accounts/password/change/", oldpassword=PASSWORD, password1=new, password2=new)


def is_closed_in_the_database(server, browser):
    change(server, "UPDATE accounts_account SET is_active = 0")


def is_forgotten_in_the_database(server, browser):
    change(server, "DELETE FROM django_session")


def change(server, statement):
    with closing(sqlite3.connect(server.folder / "zashiki.sqlite3", timeout=10)) as database, database:
        database.execute(statement)


@pytest.mark.parametrize(
    "ends",
    [
        signs_out,
        signs_out_everywhere,
        changes_the_password,
        is_closed_in_the_database,
        is_forgotten_in_the_database,
    ],
)
def test_the_socket_of_an_account_is_closed_when_it(ends, serve):
    server = serve()
    owner = make_owner(server)
    with (
        subscription(server, "tea", additional_headers={"Cookie": owner.cookies}, origin=server.url) as aiko,
        subscription(server, "tea") as visitor,
    ):
        aiko.says("still here")
        for voice in (aiko, visitor):
            voice.hears("still here")
        ends(server, owner)
        begun = time.monotonic()
        assert aiko.is_shown_out() == SIGNED_OUT
        assert time.monotonic() - begun < SOON
        visitor.says("alone")  # nobody else is concerned
        visitor.hears("alone")
