"""Visitors: people without an account, known by a signed cookie."""

from __future__ import annotations

import secrets
from http.cookies import SimpleCookie
from typing import Any

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _

from zashiki.handshake.origins import is_secure
from zashiki.handshake.request import request_of
from zashiki.person import Person

COOKIE = "zashiki_visitor"
COOKIE_AGE = 365 * 24 * 3600  # seconds
_SALT = "zashiki.visitor"


def visitor_from_cookies(cookies: dict[str, str]) -> Person | None:
    """The visitor named by the signed cookie; ``None`` without one, or when its signature is not ours."""
    try:
        held = signing.loads(cookies.get(COOKIE, ""), salt=_SALT, max_age=COOKIE_AGE)
        return Person(str(held["key"]), str(held["name"]), has_chosen_name=bool(held["named"]))
    except (signing.BadSignature, KeyError, TypeError):
        return None


def new_visitor(name: str | None = None) -> Person:
    """A visitor nobody has met; ``None`` as a name gives one to go on with."""
    key = "v" + secrets.token_hex(8)
    return Person(key, name or _("Guest %(number)s") % {"number": key[1:5]}, has_chosen_name=name is not None)


def visitor_cookie(person: Person) -> str:
    """The cookie's value that makes a browser this visitor."""
    return signing.dumps(
        {"key": person.key, "name": person.name, "named": person.has_chosen_name}, salt=_SALT
    )


def visitor_cookie_header(scope: dict[str, Any], person: Person) -> tuple[bytes, bytes] | None:
    """The header of a handshake's answer by which the client stays this visitor; ``None`` if it is known as such."""
    if not person.is_visitor or visitor_from_cookies(request_of(scope).COOKIES) is not None:
        return None
    cookie: SimpleCookie = SimpleCookie()
    cookie[COOKIE] = visitor_cookie(person)
    morsel: dict[str, Any] = cookie[COOKIE]  # typeshed knows it as a dictionary of texts
    morsel.update({"path": "/", "max-age": COOKIE_AGE, "httponly": True, "samesite": "Lax"})
    morsel["secure"] = is_secure(scope) or settings.SESSION_COOKIE_SECURE
    return b"set-cookie", cookie[COOKIE].OutputString().encode()
