"""Where the public address begins with https, nothing is served over plain http."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings

log = logging.getLogger("zashiki.server")

# A proxy sends these. Without them a request over plain http came by itself.
_FORWARDED = {b"x-forwarded-proto", b"x-forwarded-for", b"forwarded", b"x-real-ip"}
_SAFE = {"GET", "HEAD"}
_HEADERS = [
    (b"content-type", b"text/plain; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=()"),
]
PLAIN = "This server is reached over https alone: {origin}/"
UNTRUSTED = (
    "This request came through a proxy (address seen here: {address}), and nothing that is believed says that people use https. "
    "Name the proxy in ZASHIKI_TRUSTED_PROXIES, and let it send X-Forwarded-Proto with the one word https."
)


class HttpsOnly:
    """Sends pages to the public address, and refuses forms and sockets that came over plain http.

    A proxy that is not believed would be sent around in a circle; whoever set it up is told what is missing instead.
    """

    def __init__(self, application: Any) -> None:
        self._application = application

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        if not settings.IS_SECURE or scope.get("scheme") not in {"http", "ws"}:
            return await self._application(scope, receive, send)
        if scope["type"] == "websocket":
            return await send({"type": "websocket.close", "code": 4403, "reason": "plain http"})
        if _FORWARDED & {name.lower() for name, _ in scope["headers"]} and not _is_declared_plain(scope):
            return await _answer(send, 400, _explained(scope))
        if scope["method"] not in _SAFE:
            return await _answer(send, 403, PLAIN.format(origin=settings.ORIGIN))
        return await _answer(send, 301, PLAIN.format(origin=settings.ORIGIN), _target(scope))


def _is_declared_plain(scope: dict[str, Any]) -> bool:
    """Whether the proxy says that the browser used plain http: then sending the browser to https ends well."""
    schemes = [value for name, value in scope["headers"] if name.lower() == b"x-forwarded-proto"]
    return schemes == [b"http"]


def _explained(scope: dict[str, Any]) -> str:
    address = scope["client"][0] if scope.get("client") else "an unknown address"
    sentence = UNTRUSTED.format(address=address)
    log.warning(sentence)
    return sentence


def _target(scope: dict[str, Any]) -> bytes:
    """The same path and query at the public address; as bytes that a header may hold."""
    path = scope.get("raw_path") or scope["path"].encode()
    query = b"?" + scope["query_string"] if scope["query_string"] else b""
    target: bytes = settings.ORIGIN.encode() + b"/" + path.lstrip(b"/") + query
    return bytes(byte for byte in target if 0x21 <= byte <= 0x7E)


async def _answer(send: Any, status: int, sentence: str, location: bytes = b"") -> None:
    headers = [*_HEADERS, (b"location", location)] if location else _HEADERS
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": sentence.encode() + b"\n"})
