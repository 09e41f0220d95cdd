"""Whoever has forgotten their password gets a letter."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people.mailbox import Mailbox
from tests.browser.server import ChatServer

NEW_PASSWORD = "engawa-shoji-tatami"


@pytest.fixture(scope="module")
def mailbox():
    mailbox = Mailbox()
    yield mailbox
    mailbox.stop()


@pytest.fixture(scope="module")
def chat_server(mailbox, tmp_path_factory):
    chat_server = ChatServer(tmp_path_factory.mktemp("chat_server"), {"ZASHIKI_SMTP_URL": mailbox.url})
    yield chat_server
    chat_server.stop()


def test_a_forgotten_password_is_set_anew_by_mail(account_pages, mailbox):
    ben = account_pages(None)
    ben.open("/accounts/login/")
    ben.follow_link("Forgot your password?")
    ben.fill(Email="ben@example.org")
    ben.press("Reset My Password")
    ben.expect_text("We have sent you an email")
    letter = mailbox.mail()
    assert letter["To"] == "ben@example.org"
    link = re.search(r"https?://\S+/password/reset/\S+", letter.get_content())[0]
    ben.page.goto(link)
    ben.page.get_by_label("New Password", exact=True).fill(NEW_PASSWORD)
    ben.page.get_by_label("New Password (again)").fill(NEW_PASSWORD)
    ben.press("Change Password")
    ben.sign_in("ben", NEW_PASSWORD)
    ben.page.goto(link)
    ben.expect_text("The password reset link was invalid")


def test_nobody_is_told_whether_an_address_is_known(account_pages, mailbox):
    stranger = account_pages(None)
    stranger.open("/accounts/password/reset/")
    stranger.fill(Email="nobody@example.org")
    stranger.press("Reset My Password")
    stranger.expect_text("We have sent you an email")
    expect(stranger.page).to_have_url(re.compile("/password/reset/done/"))
