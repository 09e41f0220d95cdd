"""Which web pages may open a socket: exact origins (RFC 6454), and the site's own."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from zashiki import conf


def may_connect(scope: dict[str, Any]) -> bool:
    """Whether the page that opens this socket may do so.

    A client that is no browser sends no ``Origin`` and is let in: what it may see depends on who it is. Two origins, or one that cannot be read, are refused.
    """
    headers = [(name.lower(), value) for name, value in scope["headers"]]
    origins = [value.decode("latin-1") for name, value in headers if name == b"origin"]
    if not origins:
        return True
    if len(origins) > 1:
        return False
    return origins[0].lower() in {origin.lower().rstrip("/") for origin in conf.get("ORIGINS")} or (
        origins[0].lower() == _own_origin(scope, dict(headers))
    )


def _own_origin(scope: dict[str, Any], headers: dict[bytes, bytes]) -> str | None:
    host = headers.get(b"host", b"").decode("latin-1").lower()
    domain, _ = split_domain_port(host)
    allowed = settings.ALLOWED_HOSTS or ([".localhost", "127.0.0.1", "[::1]"] if settings.DEBUG else [])
    if not domain or not validate_host(domain, allowed):
        return None
    return f"{'https' if _is_secure(scope, headers) else 'http'}://{host}"


def _is_secure(scope: dict[str, Any], headers: dict[bytes, bytes]) -> bool:
    if settings.SECURE_PROXY_SSL_HEADER:
        name, value = settings.SECURE_PROXY_SSL_HEADER
        sent = headers.get(name.removeprefix("HTTP_").replace("_", "-").lower().encode())
        if sent is not None:
            return sent.decode("latin-1").split(",")[0].strip() == value
    return scope.get("scheme") in {"wss", "https"}
