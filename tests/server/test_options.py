"""Options come from the environment, each known once."""

import pytest

from zashiki import conf
from zashiki.server.config import options
from zashiki.server.config.database import database
from zashiki.server.config.email import mail_settings
from zashiki.server.config.hosts import allowed_hosts, public_origin


def test_no_name_means_two_things():
    names = [row.name for row in (*options.OPTIONS, *conf.SETTINGS)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "name, text, value",
    [
        ("PORT", "9000", 9000),
        ("PORT", "", 8000),
        ("ALLOW_SIGNUP", "off", False),
        ("ALLOW_SIGNUP", "Yes", True),
        ("TRUSTED_PROXIES", "10.0.0.1, 10.0.0.2,", ("10.0.0.1", "10.0.0.2")),
        ("PUBLIC_URL", " https://chat.example.org ", "https://chat.example.org"),
    ],
)
def test_a_value_has_the_type_of_its_default(monkeypatch, name, text, value):
    monkeypatch.setenv(f"ZASHIKI_{name}", text)
    assert options.option(name) == value


def test_the_app_is_told_only_what_differs(monkeypatch):
    monkeypatch.setenv("ZASHIKI_HISTORY_PAGE_SIZE", "20")
    monkeypatch.setenv("ZASHIKI_HEARTBEAT_INTERVAL", "1")
    assert options.app_settings() == {
        "ZASHIKI_HISTORY_PAGE_SIZE": 20,
        "ZASHIKI_HEARTBEAT_INTERVAL": 1.0,
        "ZASHIKI_ALLOW_VISITORS": True,
        "ZASHIKI_TUTORIAL_SOCKETS": True,
    }


@pytest.mark.parametrize(
    "url, origin",
    [
        ("", ""),
        ("https://Chat.example.org/", "https://chat.example.org"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_the_public_address(url, origin):
    assert public_origin(url) == origin


@pytest.mark.parametrize("url", ["chat.example.org", "ftp://x", "https://x/path", "https://", "https://a@b"])
def test_what_is_no_public_address(url):
    with pytest.raises(options.ConfigurationError):
        public_origin(url)


def test_the_hosts_it_answers_to():
    hosts = allowed_hosts("https://chat.example.org:8443", "0.0.0.0", ("intern",))
    assert {"localhost", "127.0.0.1", "chat.example.org", "intern"} <= set(hosts)
    assert not {"*", "0.0.0.0", ""} & set(hosts)
    assert "[::1]" in allowed_hosts("http://[::1]:8000", "::", ())


def test_a_postgresql_address_with_everything_in_it():
    entry = database("postgresql://aiko:p%40ss@db.example.org:6432/rooms?sslmode=require")
    assert (entry["USER"], entry["PASSWORD"], entry["HOST"], entry["PORT"], entry["NAME"]) == (
        "aiko", "p@ss", "db.example.org", "6432", "rooms",
    )  # fmt: skip
    assert entry["OPTIONS"]["sslmode"] == "require"


def test_sqlite_keeps_what_it_has_acknowledged():
    entry = database("sqlite:////srv/rooms.sqlite3")
    assert entry["NAME"] == "/srv/rooms.sqlite3"
    assert (
        "journal_mode=WAL" in entry["OPTIONS"]["init_command"]
        and "synchronous=FULL" in entry["OPTIONS"]["init_command"]
    )


@pytest.mark.parametrize(
    "url", ["", "sqlite://", "postgresql://localhost", "mysql://localhost/x", "rooms.sqlite3"]
)
def test_what_is_no_database(url):
    with pytest.raises(ValueError, match="sqlite|postgresql"):
        database(url)


def test_mail():
    assert mail_settings("")["EMAIL_BACKEND"].endswith("dummy.EmailBackend")
    told = mail_settings("smtp://aiko:p%40ss@mail.example.org")
    assert (told["EMAIL_HOST_PASSWORD"], told["EMAIL_PORT"], told["EMAIL_USE_TLS"]) == ("p@ss", 587, True)
    assert mail_settings("smtps://mail.example.org")["EMAIL_PORT"] == 465
