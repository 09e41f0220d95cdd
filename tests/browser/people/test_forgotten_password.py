"""Whoever has forgotten their password gets a letter."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people.postbox import Postbox
from tests.browser.server import ChatServer

NEW_PASSWORD = "engawa-shoji-tatami"


@pytest.fixture(scope="module")
def postbox():
    postbox = Postbox()
    yield postbox
    postbox.stop()


@pytest.fixture(scope="module")
def chat_server(postbox, tmp_path_factory):
    chat_server = ChatServer(tmp_path_factory.mktemp("chat_server"), {"ZASHIKI_SMTP_URL": postbox.url})
    yield chat_server
    chat_server.stop()


def test_a_forgotten_password_is_set_anew_by_mail(residents, postbox):
    ben = residents(None)
    ben.opens("/accounts/login/")
    ben.follows("Forgot your password?")
    ben.fills(Email="ben@example.org")
    ben.presses("Reset My Password")
    ben.reads("We have sent you an email")
    letter = postbox.letter()
    assert letter["To"] == "ben@example.org"
    link = re.search(r"https?://\S+/password/reset/\S+", letter.get_content())[0]
    ben.page.goto(link)
    ben.page.get_by_label("New Password", exact=True).fill(NEW_PASSWORD)
    ben.page.get_by_label("New Password (again)").fill(NEW_PASSWORD)
    ben.presses("Change Password")
    ben.signs_in("ben", NEW_PASSWORD)
    ben.page.goto(link)
    ben.reads("The password reset link was invalid")


def test_nobody_is_told_whether_an_address_is_known(residents, postbox):
    stranger = residents(None)
    stranger.opens("/accounts/password/reset/")
    stranger.fills(Email="nobody@example.org")
    stranger.presses("Reset My Password")
    stranger.reads("We have sent you an email")
    expect(stranger.page).to_have_url(re.compile("/password/reset/done/"))
