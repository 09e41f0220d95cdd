"""No log holds a link that opens something, and no page tells such a link to anybody."""

import http.client
import re
import sqlite3
import time
from contextlib import closing
from urllib.parse import quote

import pytest
from django.core import signing

from tests.server.browser import Browser, make_owner
from tests.server.url_patterns import server_addresses
from tests.support.servers import ZashikiServer
from zashiki.redaction import redact

SECRET = "s3cr3tW0rd"
# Parameters of addresses that open nothing by themselves. Whoever adds an address decides about its parameters here.
PLAIN = {"room_id", "invitation_id", "session_id", "language", "digest", "name", "pk", "provider_id"}
PLAIN_KEYS = {"remove_member.key", "change_role.key", "person.key"}
SECRETS = {"token", "uidb36", "account_confirm_email.key", "account_reset_password_from_key.key"}
SIGNED = signing.Signer(key="x" * 50).sign("0123456789abcdef")


def is_secret(each, name):
    return name in SECRETS or f"{each.name}.{name}" in SECRETS


def address(route):
    """The route with a secret in the place of each parameter."""
    filled = re.sub(r"<[^>]*>", SECRET, re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route))
    return "/" + re.sub(r"[\^$]|\\Z", "", filled).replace(f"{SECRET}-{SECRET}", f"1-{SECRET}")


@pytest.fixture(scope="module")
def all_addresses(tmp_path_factory):
    return server_addresses(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def addresses(all_addresses):
    """Every address of the server that carries a secret."""
    found = [
        address(each.route)
        for each in all_addresses
        if any(is_secret(each, name) for name in each.parameters)
    ]
    assert len(found) >= 3
    return found


def test_every_parameter_of_every_address_is_judged(all_addresses):
    unknown = {
        f"{each.name}: {name}"
        for each in all_addresses
        for name in each.parameters
        if name not in PLAIN and f"{each.name}.{name}" not in PLAIN_KEYS and not is_secret(each, name)
    }
    assert not unknown


def test_every_secret_address_is_redacted_however_it_is_written(addresses):
    for path in addresses:
        for written in (
            path,
            quote(path, safe=""),
            path.upper(),
            f"'{path}'",
            path + SECRET,
            path.replace("s3", "s3/s3"),
        ):
            assert "W0RD" not in redact(f"Internal Server Error: {written} (x)").upper(), written


@pytest.mark.parametrize(
    "line",
    [
        f"GET /accounts/oidc/oidc/login/callback/?code={SECRET}&state={SECRET}",
        f"https://chat.example.org/accounts/login/?next=/chat/invitation/{SECRET}/",
        f"connecting to postgresql://zashiki:{SECRET}@db/rooms",
        f"Cookie: a=b; sessionid={SECRET}; zashiki_visitor={SECRET}",
        f"no invitation {SIGNED.replace('0123456789abcdef', SECRET)}",
        f"NoReverseMatch with ('{signing.dumps(SECRET)}',)",
    ],
    ids=["callback", "next", "database", "cookie", "invitation", "signed"],
)
def test_secrets_are_told_by_their_form(line):
    assert SECRET not in redact(line) and "..." in redact(line)


@pytest.mark.parametrize(
    "line",
    [
        "GET /chat/雑談/ 200 12ms u3 127.0.0.1",
        "GET /chat/invitation/ 200 12ms u3 127.0.0.1",
        "SOCKET /ws/zashiki/ closed 1001 after 63.2s received 12 u3 2001:db8::1",
        "is ZASHIKI_DATABASE_URL meant?",
        "http://127.0.0.1:8000/chat/",
        'File "/srv/zashiki/people/identity.py", line 12, in person_of',
    ],
)
def test_what_is_no_secret_stays(line):
    assert redact(line) == line


@pytest.mark.parametrize(
    "sign", ["a", ":", "/", "?", "%3A", "a:", "-", "://a:", "sessionid=", "0-", "/invitation/", "=a.", "a/?"]
)
def test_a_hostile_line_costs_little(sign):
    begun = time.thread_time()
    redact(sign * (60_000 // len(sign)))
    assert time.thread_time() - begun < 0.5


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    server = ZashikiServer(tmp_path_factory.mktemp("house"), env={"ZASHIKI_LOG_LEVEL": "debug"}).start()
    yield server
    server.stop()


def ask(house, method, path, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=10)
    connection.request(method, path, headers={"Host": house.host, **headers})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def drive(house, path):
    """A page, a form without its token, a host that is none, a query, and a page that another page leads to."""
    for method in ("GET", "HEAD", "POST", "PUT"):
        ask(house, method, path)
    ask(house, "GET", path, Host="evil.example")
    ask(house, "GET", f"{path}?code={SECRET}&state={SECRET}", Referer=house.url + path)
    ask(house, "GET", path, Cookie=f"sessionid={SECRET}; zashiki_visitor={SECRET}")


def break_database(house, name):
    with closing(sqlite3.connect(house.folder / "zashiki.sqlite3")) as database:
        for table, other in ((name, f"{name}_away"), ("django_session", "django_session_away")):
            database.execute(f"ALTER TABLE {table} RENAME TO {other}")


def test_nothing_of_them_is_in_the_log_not_even_when_everything_fails(house, addresses):
    owner = make_owner(house)
    page = owner.send("/chat/invitations/server/", days="7", uses="1")[1]
    link = re.search(r'value="http[^"]+(/chat/invitation/([^"/]+)/)"', page)
    Browser(house).get(link[1])
    for path in addresses:
        drive(house, path)
    break_database(house, "zashiki_invitation")
    for path in (*addresses, link[1]):
        drive(house, path)
        assert ask(house, "GET", path, Cookie=owner.cookies).status == 500
    house.wait_until(lambda: "Internal Server Error" in house.output, 5)
    assert "Traceback" in house.output
    assert SECRET not in house.output
    for part in link[2].split(":"):
        assert part not in house.output


def test_a_page_with_a_secret_address_tells_it_to_nobody(tmp_path, addresses):
    house = ZashikiServer(tmp_path).start()
    try:
        for path in addresses:
            assert ask(house, "GET", path).headers["Referrer-Policy"] == "strict-origin", path
        assert (
            ask(house, "GET", f"/accounts/login/?code={SECRET}").headers["Referrer-Policy"] == "strict-origin"
        )
        assert ask(house, "GET", "/chat/lobby/").headers["Referrer-Policy"] == "same-origin"
    finally:
        house.stop()
