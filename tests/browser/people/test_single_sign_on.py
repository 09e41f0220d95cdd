"""Another chat_server vouches for somebody; whether they move in is still decided here."""

import pytest
from playwright.sync_api import expect

from tests.browser.people import provider as oidc
from tests.browser.server import ChatServer


@pytest.fixture(scope="module")
def provider():
    provider = oidc.Provider().start()
    yield provider
    provider.stop()


@pytest.fixture(scope="module")
def chat_server(provider, tmp_path_factory):
    env = {
        "ZASHIKI_OIDC_ISSUER": provider.url,
        "ZASHIKI_OIDC_CLIENT_ID": oidc.CLIENT_ID,
        "ZASHIKI_OIDC_CLIENT_SECRET": oidc.SECRET,
        "ZASHIKI_OIDC_PROVIDER_NAME": "The other chat_server",
    }
    chat_server = ChatServer(tmp_path_factory.mktemp("chat_server"), env)
    yield chat_server
    chat_server.stop()


def sign_in_by_the_other_house(somebody):
    somebody.page.get_by_text("The other chat_server").click()
    if somebody.page.get_by_role("button", name="Continue").count():
        somebody.press("Continue")
    somebody.follow_link("I am Nina")


def test_a_stranger_is_not_let_in_however_well_known_elsewhere(account_pages):
    nina = account_pages(None)
    nina.open("/accounts/login/")
    sign_in_by_the_other_house(nina)
    nina.open("/chat/me/profile/")
    assert nina.path.startswith("/accounts/login/")


def test_who_is_invited_moves_in_and_comes_back(account_pages):
    kei, nina = account_pages("kei", None)
    where = kei.create_room("library", "private")
    kei.open(where + "invitations/")
    kei.press("Create link")
    nina.page.goto(kei.page.get_by_label("Link", exact=True).input_value())
    nina.page.locator("#content").get_by_role("link", name="Sign in").click()
    sign_in_by_the_other_house(nina)
    expect(nina.page.locator(".z-room-title")).to_have_text("library")
    nina.context.clear_cookies()
    nina.open("/accounts/login/")
    sign_in_by_the_other_house(nina)
    nina.open(where + "about/")
    nina.expect_text("Nina Nakamura")
