"""With https in the public address nothing is served, and no cookie is set, without it."""

import http.client
import re
import socket

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.support.servers import ZashikiServer

HOST = "chat.example.org"
ORIGIN = f"https://{HOST}"
SECURE = {"X-Forwarded-Proto": "https"}
PAGES = ["/", "/welcome/", "/chat/", "/chat/lobby/", "/accounts/login/", "/static/nothing.js"]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    server = ZashikiServer(tmp_path_factory.mktemp("house"), "--url", ORIGIN).start()
    yield server
    server.stop()


def ask(house, path, method="GET", body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=10)
    headers = {"Host": HOST, **{name.replace("_", "-"): value for name, value in headers.items()}}
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    answer.text = answer.read().decode()
    connection.close()
    return answer


def open_socket(house, **headers):
    """One whose handshake names the public host, and names it once."""
    through = socket.create_connection(("127.0.0.1", house.port), timeout=10)
    return connect(f"ws://{HOST}/ws/chat/lobby/", sock=through, proxy=None, additional_headers=headers)


@pytest.mark.parametrize("path", [*PAGES, "/chat/invitation/x/?a=b%20c", "//evil.example/", "/%0d%0aX:%20y/"])
def test_a_page_by_plain_http_leads_to_the_public_address(house, path):
    for told in ({}, {"X-Forwarded-Proto": "http", "X-Forwarded-For": "192.0.2.1"}):
        answer = ask(house, path, **told)
        assert answer.status == 301 and "Set-Cookie" not in answer.headers
        where = answer.headers["Location"]
        assert where.startswith(f"{ORIGIN}/") and not where.startswith(f"{ORIGIN}//") and "\r" not in where
    assert ask(house, "/chat/", Host="evil.example").headers["Location"] == f"{ORIGIN}/chat/"


def test_a_form_by_plain_http_is_refused(house):
    answer = ask(house, "/accounts/login/", "POST", "login=a&password=b")
    assert answer.status == 403 and ORIGIN in answer.text


def test_a_socket_by_plain_http_is_refused(house):
    with pytest.raises(InvalidStatus, match="403"):
        open_socket(house)


def test_a_proxy_that_is_not_believed_is_explained_and_not_sent_in_a_circle(tmp_path):
    server = ZashikiServer(tmp_path, "--url", ORIGIN, env={"ZASHIKI_TRUSTED_PROXIES": "192.0.2.7"}).start()
    try:
        answer = ask(server, "/chat/", X_Forwarded_Proto="https", X_Forwarded_For="192.0.2.1")
        assert (
            answer.status == 400 and "ZASHIKI_TRUSTED_PROXIES" in answer.text and "127.0.0.1" in answer.text
        )
        assert "ZASHIKI_TRUSTED_PROXIES" in server.output
    finally:
        server.stop()


def test_a_proxy_that_does_not_tell_the_scheme_is_explained(house):
    answer = ask(house, "/chat/", X_Forwarded_For="192.0.2.1")
    assert answer.status == 400 and "X-Forwarded-Proto" in answer.text


def test_whoever_watches_over_the_server_asks_by_plain_http(house):
    assert house.health()[0] == 200


def test_every_cookie_of_every_page_is_secure(house):
    seen = set()
    jar = {}
    for path in PAGES:
        collect(ask(house, path, **SECURE), seen, jar)
    token = jar["csrftoken"]
    for path, fields in [
        ("/language/setlang/", "language=ja"),
        ("/chat/visitor/name/", "name=Aiko"),
        ("/accounts/login/", "login=nobody&password=x"),
        ("/welcome/", "username=aiko&password1=tatami-shoji-engawa&password2=tatami-shoji-engawa"),
    ]:
        cookie = "; ".join(f"{name}={value}" for name, value in jar.items())
        form = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie, "Origin": ORIGIN}
        answer = ask(house, path, "POST", f"csrfmiddlewaretoken={token}&{fields}", **form, **SECURE)
        assert answer.status != 403, path
        collect(answer, seen, jar)
        token = jar["csrftoken"]
    assert {"csrftoken", "sessionid", "zashiki_visitor", "django_language"} <= seen


def collect(answer, seen, jar):
    for line in answer.headers.get_all("Set-Cookie") or []:
        name, value = re.match(r"([^=]+)=([^;]*)", line).groups()
        assert "secure" in line.lower().split("; "), line
        seen.add(name)
        jar[name] = value


def test_the_cookie_of_a_handshake_is_secure(house):
    with open_socket(house, **SECURE) as opened:
        assert "secure" in opened.response.headers["Set-Cookie"].lower()


def test_browsers_are_told_to_stay_with_https_for_this_host_alone(house):
    told = ask(house, "/chat/", **SECURE).headers["Strict-Transport-Security"]
    assert told == "max-age=31536000"


@pytest.mark.parametrize("proxies", ["*", "0.0.0.0/0", "::/0", "10.0.0.1,*", "proxy"])
def test_nobody_may_choose_the_address_that_they_come_from(tmp_path, proxies):
    server = ZashikiServer(tmp_path, env={"ZASHIKI_TRUSTED_PROXIES": proxies})
    server.spawn()
    assert server.wait() == 2 and "ZASHIKI_TRUSTED_PROXIES" in server.output
