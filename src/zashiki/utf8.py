"""Whether an address or a form is text: bytes that are percent-encoded have to be UTF-8 (RFC 3986, 2.5; RFC 3629).

Servers and Django put U+FFFD in the place of each wrong byte, or keep its percent sign. Then different addresses would name the same room.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest
from django.http.request import RawPostDataException

REPLACEMENT = "\ufffd"
FORM = "application/x-www-form-urlencoded"


def has_text_path(request: HttpRequest) -> bool:
    """Whether the path of a request is UTF-8, by ASGI or WSGI."""
    scope = getattr(request, "scope", None)
    if scope is not None:
        return scope_has_text_path(scope)
    # gunicorn, uWSGI and mod_wsgi give the address as it was sent. Without it Django has written each wrong byte as %FF, like one that was typed.
    sent = str(request.META.get("RAW_URI") or request.META.get("REQUEST_URI") or "").partition("?")[0]
    return _is_utf8(unquote_to_bytes(sent or request.path_info))


def scope_has_text_path(scope: dict[str, Any]) -> bool:
    """The same for an ASGI scope. A server that gives no ``raw_path`` is asked for the replacement character."""
    raw = scope.get("raw_path")
    return REPLACEMENT not in scope["path"] if raw is None else _is_utf8(unquote_to_bytes(raw))


def has_text_query(request: HttpRequest) -> bool:
    return _is_utf8(
        unquote_to_bytes(str(request.META.get("QUERY_STRING", "")).encode("utf-8", "surrogateescape"))
    )


def has_text_form(request: HttpRequest) -> bool:
    """Whether a form in its usual encoding is UTF-8; true for requests that have none."""
    if request.content_type != FORM:
        return True
    try:
        return _is_utf8(unquote_to_bytes(request.body))
    except RawPostDataException:  # a middleware of the site has read it as a stream
        return True


def _is_utf8(given: bytes) -> bool:
    try:
        given.decode()
    except UnicodeDecodeError:
        return False
    return True
