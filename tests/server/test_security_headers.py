"""Every kind of answer that can be shown carries the security headers."""

import pytest

HEADERS = {
    "Content-Security-Policy": "script-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    from tests.support.servers import ZashikiServer

    server = ZashikiServer(tmp_path_factory.mktemp("house")).start()
    yield server
    server.stop()


@pytest.mark.parametrize(
    "path",
    [
        "/chat/",
        "/chat/lobby/",
        "/accounts/login/",
        "/welcome/",
        "/nothing/",
        "/chat/%0A/",
        "/static/nothing.js",
    ],
)
def test_security_headers(house, path):
    _, headers, _ = house.get(path)
    for name, value in HEADERS.items():
        assert value in headers[name]
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_what_is_no_document_carries_no_more_than_it_needs(house):
    page = house.get("/chat/lobby/")[2]
    for ending in (".js", ".css"):
        path = next(part for part in page.split('"') if part.startswith("/static/") and part.endswith(ending))
        _, headers, _ = house.get(path)
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert not {"Content-Security-Policy", "Access-Control-Allow-Origin"} & set(headers)


def test_an_unknown_host_is_refused(house):
    status, headers, page = house.get("/chat/", Host="evil.example")
    assert status == 400
    assert "Content-Security-Policy" in headers and "Traceback" not in page


def test_no_page_needs_more_than_the_policy_allows(house):
    for path in ("/chat/", "/chat/lobby/", "/accounts/login/", "/welcome/", "/nothing/"):
        page = house.get(path)[2]
        assert (
            " style=" not in page
            and "<style" not in page
            and " onclick=" not in page
            and "javascript:" not in page
        )


def test_https_makes_cookies_secure(tmp_path):
    from tests.support.servers import ZashikiServer

    server = ZashikiServer(tmp_path, "--url", "https://chat.example.org").start()
    try:
        _, headers, _ = server.get(
            "/accounts/login/", Host="chat.example.org", **{"X-Forwarded-Proto": "https"}
        )
        assert "Secure" in headers["Set-Cookie"]
        assert "max-age=31536000" in headers["Strict-Transport-Security"]
    finally:
        server.stop()
