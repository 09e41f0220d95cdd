"""Links and mails name the public address, however the server was asked; whoever changes an account shows the password first."""

import re
import sqlite3
import urllib.error
from contextlib import closing

import pytest

from tests.browser.people.mailbox import Mailbox
from tests.server.browser import PASSWORD, Browser, add_email_address, make_owner
from tests.support.servers import ZashikiServer

PUBLIC = "http://rooms.example.org:8765"
CHROME = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
)


@pytest.fixture(scope="module")
def mailbox():
    mailbox = Mailbox()
    yield mailbox
    mailbox.stop()


@pytest.fixture(scope="module")
def house(tmp_path_factory, mailbox):
    env = {"ZASHIKI_SMTP_URL": mailbox.url, "ZASHIKI_ALLOW_SIGNUP": "yes"}
    server = ZashikiServer(tmp_path_factory.mktemp("house"), "--url", PUBLIC, env=env).start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def owner(house):
    """She comes by the address of the machine, not by the public one."""
    return make_owner(house)


def addresses(text):
    return set(re.findall(r"https?://[^/\s\"<]+", text)) - {"http://www.w3.org"}


def test_an_invitation_begins_with_the_public_address(house, owner):
    page = owner.send("/chat/invitations/server/", days="7", uses="1")[1]
    assert re.search(rf'value="{PUBLIC}/chat/invitation/', page)
    assert house.host not in page


def test_mails_name_the_public_address_alone(house, owner, mailbox):
    bela = Browser(house)
    bela.send("/accounts/signup/", username="bela", email="bela@example.org", password1=PASSWORD)
    Browser(house).send("/accounts/password/reset/", email="bela@example.org")
    for _ in range(2):
        letter = mailbox.mail()
        text = letter["Subject"] + letter.get_body().get_content()
        assert letter["Subject"].startswith("[rooms.example.org:8765]")
        assert addresses(text) <= {PUBLIC}
        assert "127.0.0.1" not in text and "localhost" not in text


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/accounts/email/", {"action_add": "", "email": "mallory@example.org"}),
        ("/accounts/2fa/totp/activate/", {"code": "123456"}),
        ("/accounts/2fa/webauthn/add/", {"name": "key", "credential": "{}"}),
        ("/accounts/2fa/recovery-codes/generate/", {}),
    ],
)
def test_an_open_browser_is_not_enough_to_change_how_one_signs_in(house, owner, path, fields):
    where, _ = owner.post(path, form="/accounts/sessions/", **fields)
    assert where.startswith("/accounts/reauthenticate/") or "reauthenticate" in where
    with closing(sqlite3.connect(house.folder / "zashiki.sqlite3")) as database:
        assert not database.execute(
            "SELECT 1 FROM account_emailaddress WHERE email LIKE 'mallory%'"
        ).fetchall()
        assert not database.execute("SELECT 1 FROM mfa_authenticator").fetchall()


def test_after_the_password_an_address_can_be_added(house, owner):
    add_email_address(owner, "aiko@example.org")
    with closing(sqlite3.connect(house.folder / "zashiki.sqlite3")) as database:
        assert database.execute(
            "SELECT 1 FROM account_emailaddress WHERE email = 'aiko@example.org'"
        ).fetchall()


def test_of_a_browser_its_name_is_kept_and_no_more(house, owner):
    seen = Browser(house)
    seen._open.__self__.addheaders = [("User-Agent", CHROME)]
    seen.send("/accounts/login/", login="aiko", password=PASSWORD)
    seen.get("/chat/")
    with closing(sqlite3.connect(house.folder / "zashiki.sqlite3")) as database:
        kept = {row[0] for row in database.execute("SELECT user_agent FROM usersessions_usersession")}
    assert "Chrome · Linux" in kept
    assert not [name for name in kept if re.search(r"\d|Mozilla", name)]
    assert "Chrome · Linux" in owner.get("/accounts/sessions/")[1]


def test_a_page_that_does_not_exist_is_no_fault(house):
    with pytest.raises(urllib.error.HTTPError, match="404"):
        Browser(house).get("/accounts/confirm-email/x%20y/z/")
