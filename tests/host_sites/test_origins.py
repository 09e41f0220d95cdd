"""A socket and a form are judged by one rule: whatever opens or sends from where, both are let in or both are refused."""

import pytest
from asgiref.testing import ApplicationCommunicator
from channels.testing import WebsocketCommunicator
from django.core.asgi import get_asgi_application

from zashiki.asgi import with_rooms
from zashiki.realtime import runtime

TOKEN = "t" * 32
TLS = ("HTTP_X_FORWARDED_PROTO", "https")

# what was sent, what the settings say, whether it is the site's own page
CASES = [
    # plain, and what a browser writes
    ("http", {"host": "chat.example.org", "origin": "http://chat.example.org"}, {}, True),
    ("http", {"host": "chat.example.org:8000", "origin": "http://chat.example.org:8000"}, {}, True),
    ("https", {"host": "chat.example.org", "origin": "https://chat.example.org"}, {}, True),
    ("https", {"host": "[2001:db8::1]:8443", "origin": "https://[2001:db8::1]:8443"}, {}, True),
    ("http", {"host": "xn--mnchen-3ya.example", "origin": "http://xn--mnchen-3ya.example"}, {}, True),
    ("http", {"host": "chat.example.org"}, {}, True),  # no browser
    # the same place, written otherwise
    ("https", {"host": "chat.example.org:443", "origin": "https://chat.example.org"}, {}, True),
    ("https", {"host": "chat.example.org", "origin": "https://chat.example.org:443"}, {}, True),
    ("http", {"host": "chat.example.org:80", "origin": "http://chat.example.org"}, {}, True),
    ("https", {"host": "[::1]:443", "origin": "https://[::1]"}, {}, True),
    ("https", {"host": "Chat.Example.ORG", "origin": "https://chat.example.org"}, {}, True),
    ("http", {"host": "chat.example.org.", "origin": "http://chat.example.org."}, {}, True),
    # another place
    ("http", {"host": "chat.example.org", "origin": "http://chat.example.org."}, {}, False),
    ("http", {"host": "chat.example.org:443", "origin": "http://chat.example.org"}, {}, False),
    ("http", {"host": "chat.example.org", "origin": "https://chat.example.org"}, {}, False),
    ("https", {"host": "chat.example.org", "origin": "http://chat.example.org"}, {}, False),
    ("http", {"host": "chat.example.org", "origin": "http://chat.example.org:8000"}, {}, False),
    ("http", {"host": "chat.example.org", "origin": "http://evil.example"}, {}, False),
    ("http", {"host": "chat.example.org", "origin": "http://chat.example.org.evil.example"}, {}, False),
    ("http", {"host": "chat.example.org", "origin": "null"}, {}, False),
    ("http", {"host": "chat.example.org", "origin": ""}, {}, False),
    ("http", {"host": "chat.example.org", "origin": "http://[::1"}, {}, False),
    ("http", {"host": "chat.example.org", "origin": "ws://chat.example.org"}, {}, False),
    ("http", {"host": "chat.example.org", "origin": "ftp://chat.example.org"}, {}, False),
    # names that are not the site's
    ("http", {"host": "evil.example", "origin": "http://evil.example"}, {"ALLOWED_HOSTS": [".example.org"]}, False),
    ("http", {"host": "evil.example"}, {"ALLOWED_HOSTS": [".example.org"]}, False),
    ("http", {"host": "a b"}, {}, False),
    # proxies
    *[
        ("http", {"host": "chat.example.org", "x-forwarded-proto": said, "origin": origin}, {"SECURE_PROXY_SSL_HEADER": TLS}, own)
        for said, origin, own in [
            ("https", "https://chat.example.org", True),
            ("wss", "https://chat.example.org", True),
            ("https, http", "https://chat.example.org", True),
            ("http", "http://chat.example.org", True),
            ("ws", "http://chat.example.org", True),
            ("http", "https://chat.example.org", False),
            ("https", "http://chat.example.org", False),
        ]
    ],
    (
        "http",
        {"host": "chat.example.org:443", "x-forwarded-proto": "https", "origin": "https://chat.example.org"},
        {"SECURE_PROXY_SSL_HEADER": TLS},
        True,
    ),
    ("http", {"host": "chat.example.org", "x-forwarded-proto": "https", "origin": "https://chat.example.org"}, {}, False),
    (
        "http",
        {"host": "internal:8000", "x-forwarded-host": "chat.example.org", "origin": "http://chat.example.org"},
        {"USE_X_FORWARDED_HOST": True},
        True,
    ),
    (
        "https",
        {"host": "internal", "x-forwarded-host": "Chat.example.org:443", "origin": "https://chat.example.org"},
        {"USE_X_FORWARDED_HOST": True},
        True,
    ),
    ("http", {"host": "internal:8000", "x-forwarded-host": "chat.example.org", "origin": "http://chat.example.org"}, {}, False),
    (
        "http",
        {"host": "internal:8000", "x-forwarded-host": "chat.example.org", "origin": "http://internal:8000"},
        {"USE_X_FORWARDED_HOST": True},
        False,
    ),
    # pages elsewhere that are trusted
    ("http", {"host": "a.example", "origin": "https://b.example"}, {"CSRF_TRUSTED_ORIGINS": ["https://b.example"]}, True),
    ("http", {"host": "a.example", "origin": "https://x.b.example"}, {"CSRF_TRUSTED_ORIGINS": ["https://*.b.example"]}, True),
    ("http", {"host": "a.example", "origin": "https://xb.example"}, {"CSRF_TRUSTED_ORIGINS": ["https://*.b.example"]}, False),
]  # fmt: skip


def scope_of(kind, scheme, headers):
    sent = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    path = "/ws/zashiki/" if kind == "websocket" else "/chat/visitor/name/"
    return {
        "type": kind,
        "path": path,
        "scheme": {"http": "ws", "https": "wss"}[scheme] if kind == "websocket" else scheme,
        "query_string": b"",
        "headers": sent,
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.1", 40000),
    }


def a_site():
    """Made anew, since Django's middleware keeps what it has read from the settings."""
    return with_rooms(get_asgi_application())


async def accepts_form(scheme, headers):
    scope = {**scope_of("http", scheme, headers), "method": "POST", "http_version": "1.1", "root_path": ""}
    # Who sends no origin sends the page's address, as any client that fills in a form over TLS has to.
    scope["headers"] += [
        (b"cookie", f"csrftoken={TOKEN}".encode()),
        (b"content-type", b"application/x-www-form-urlencoded"),
    ]
    client = ApplicationCommunicator(a_site(), scope)
    await client.send_input(
        {"type": "http.request", "body": f"name=Vera&csrfmiddlewaretoken={TOKEN}".encode()}
    )
    answer = await client.receive_output(10)
    await client.receive_output(10)
    assert answer["status"] in {302, 400, 403}, answer
    return answer["status"] == 302


async def accepts_socket(scheme, headers):
    client = WebsocketCommunicator(a_site(), "/ws/zashiki/", subprotocols=["zashiki.v1"])
    client.scope.update(scope_of("websocket", scheme, headers))
    is_accepted, _ = await client.connect(10)
    if is_accepted:
        await client.disconnect()
    return is_accepted


@pytest.mark.parametrize(("scheme", "headers", "site", "is_own"), CASES, ids=str)
async def test_a_socket_and_a_form_are_judged_alike(
    transactional_db, settings, scheme, headers, site, is_own
):
    for name, value in site.items():
        setattr(settings, name, value)
    try:
        assert await accepts_form(scheme, headers) == await accepts_socket(scheme, headers) == is_own
    finally:
        await runtime.close_runtime()


async def test_two_origins_are_none(transactional_db):
    scope = scope_of("websocket", "http", {"host": "a.example", "origin": "http://a.example"})
    scope["headers"].append((b"origin", b"http://a.example"))
    client = WebsocketCommunicator(a_site(), "/ws/zashiki/")
    client.scope.update(scope)
    assert not (await client.connect(10))[0]


@pytest.mark.parametrize(
    "named", ["https://b.example", "HTTPS://B.example/", "https://b.example:443", "https://bücher.example"]
)
async def test_an_origin_that_the_site_names_may_open_sockets(transactional_db, settings, named):
    settings.ZASHIKI_ALLOWED_ORIGINS = [named]
    sent = "https://xn--bcher-kva.example" if "ü" in named else "https://b.example"
    try:
        assert await accepts_socket("http", {"host": "a.example", "origin": sent})
        assert not await accepts_socket("http", {"host": "a.example", "origin": sent + ":8443"})
    finally:
        await runtime.close_runtime()
