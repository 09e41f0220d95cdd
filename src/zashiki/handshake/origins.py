"""Which web pages may open a socket: those that may also send a form. One rule for both, which is Django's.

A page's origin is scheme, host and port (RFC 6454). `canonical` writes ``Host`` and ``Origin`` of every request in the one form in which equal
origins are equal texts; then Django's protection against forged forms (``CsrfViewMiddleware``) compares them, for forms and sockets alike.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.middleware.csrf import CsrfViewMiddleware

from zashiki import conf
from zashiki.handshake.request import SCHEMES, request_of

NAME_LIMIT = 253  # characters of a host's name (RFC 1035, 2.3.4); the codec takes the square of their number
DEFAULT_PORTS = {"http": "80", "https": "443", "ws": "80", "wss": "443"}


def origin_allowed(scope: dict[str, Any]) -> bool:
    """Whether the page that opens this socket may do so.

    A client that is no browser sends no ``Origin`` and is let in, as a form without one is: what it may see depends on who it is. Two
    origins, one that cannot be read, and a host that is not the site's (``ALLOWED_HOSTS``) are refused.

    Args:
        scope: of the handshake, as `canonical` returns it.
    """
    request = request_of(scope)
    if not _is_ours(request):
        return False
    origin = request.META.get("HTTP_ORIGIN")
    if origin is None:
        return True
    named = {serialized(each) for each in conf.get("ALLOWED_ORIGINS")}
    return origin in named or _Forms(_no_view)._origin_verified(request)  # type: ignore[attr-defined]  # private to Django; tested


def canonical(scope: dict[str, Any]) -> dict[str, Any]:
    """The scope with its host and origin in lower case, and without a port that their scheme has anyway (RFC 3986, 6.2.3).

    A proxy may call the scheme of a socket ``wss`` in the header that ``SECURE_PROXY_SSL_HEADER`` names (Traefik does); it is ``https``. The
    same scope is returned where nothing is to be changed, which is nearly always.
    """
    hosts = {b"host", *([b"x-forwarded-host"] if settings.USE_X_FORWARDED_HOST else [])}
    scheme_header = _scheme_header()
    if all(
        _is_canonical(value) for name, value in scope["headers"] if name in {*hosts, b"origin", scheme_header}
    ):
        return scope
    headers = [
        (name, _page_scheme(value) if name == scheme_header else value) for name, value in scope["headers"]
    ]
    scheme = "https" if request_of({**scope, "headers": headers}).is_secure() else "http"
    written = {
        **dict.fromkeys(hosts, lambda text: _without_port(text.lower(), scheme)),
        b"origin": serialized,
    }
    return {
        **scope,
        "headers": [
            (name, written[name](value.decode("latin-1")).encode("latin-1") if name in written else value)
            for name, value in headers
        ],
    }


def serialized(origin: str) -> str:
    """An origin as browsers write it (RFC 6454, 6.2): lower case, no default port, a name in Punycode, no slash at its end."""
    scheme, mark, host = origin.strip().lower().rstrip("/").partition("://")
    if not mark:
        return scheme
    if not host.isascii():
        host = _in_ascii(host)
    return f"{scheme}://{_without_port(host, scheme)}"


def is_secure(scope: dict[str, Any]) -> bool:
    """Whether whoever opens this socket did so over TLS, by Django's own rule (``SECURE_PROXY_SSL_HEADER``)."""
    return request_of(scope).is_secure()


class _Forms(CsrfViewMiddleware):
    """Made anew for each question: it keeps what it has read from the settings."""


def _no_view(request: HttpRequest) -> Any:
    raise AssertionError("only the origin is asked for")


def _is_ours(request: HttpRequest) -> bool:
    """Whether a host that the client named is the site's. Test clients of Channels name none."""
    if not {"HTTP_HOST", "HTTP_X_FORWARDED_HOST"} & request.META.keys():
        return True
    try:
        request.get_host()
    except DisallowedHost:
        return False
    return True


def _scheme_header() -> bytes:
    if not settings.SECURE_PROXY_SSL_HEADER:
        return b""
    name, _ = settings.SECURE_PROXY_SSL_HEADER
    return name.removeprefix("HTTP_").replace("_", "-").lower().encode()


def _is_canonical(value: bytes) -> bool:
    return value == value.lower() and not value.endswith((b":80", b":443")) and not value.startswith(b"ws")


def _page_scheme(value: bytes) -> bytes:
    first = value.decode("latin-1").split(",")[0].strip()
    return SCHEMES[first].encode() if first in SCHEMES else value


def _without_port(host: str, scheme: str) -> str:
    port = DEFAULT_PORTS.get(scheme)
    return host.removesuffix(f":{port}") if port else host


def _in_ascii(host: str) -> str:
    name, colon, port = host.partition(":")
    if len(name) > NAME_LIMIT:
        return host
    try:
        return name.encode("idna").decode() + colon + port
    except UnicodeError:  # no name of a host: it equals nothing
        return host
