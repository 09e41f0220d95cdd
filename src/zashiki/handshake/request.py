"""The request that opens a socket, as Django sees the request for a page: host, scheme, cookies and session are judged by Django's own code."""

from __future__ import annotations

from importlib import import_module
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest

SCHEMES = {"ws": "http", "wss": "https"}  # of a socket: the page's that goes with it


def request_of(scope: dict[str, Any]) -> ASGIRequest:
    """A GET request with the address and headers of a handshake, or of a page's request. It has no question, session or user.

    A scheme is a page's: ``wss`` is ``https``.
    """
    scheme = scope.get("scheme", "http")
    headers = [each for each in scope["headers"] if not each[0].lower().startswith(b"content-")]
    like_a_page = {
        "method": "GET",
        "query_string": b"",
        "scheme": SCHEMES.get(scheme, scheme),
        "headers": headers,
    }
    return ASGIRequest({**scope, **like_a_page}, BytesIO())


def session_store() -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore
