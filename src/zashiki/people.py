"""Who is talking: a user of the site, or a visitor under a name of their own choice."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _

from zashiki import accounts, conf, sessions
from zashiki.errors import Empty, Invalid, TooLong
from zashiki.handshake import request_of
from zashiki.names import clean_line, has_letter, has_misplaced
from zashiki.origins import is_secure

COOKIE = "zashiki_visitor"
COOKIE_AGE = 365 * 24 * 3600  # seconds
NAME_LIMIT = 50  # characters
_SALT = "zashiki.visitor"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who talks.

    Attributes:
        key: ``u<primary key>`` for a user, ``v<hex>`` for a visitor; the author's id on the wire.
        name: what others see.
        user: the site's user; ``None`` for a visitor.
        named: whether a visitor has chosen the name; always true for a user.
    """

    key: str
    name: str
    user: Any = field(default=None, compare=False)
    named: bool = True

    @property
    def is_visitor(self) -> bool:
        return self.user is None


def person_of_user(user: Any) -> Person:
    """The person who is this user of the site; the policy says under which name."""
    from zashiki.policy import name_of_user

    return Person(key_of_user(user.pk), name_of_user(user), user)


def key_of_user(pk: Any) -> str:
    return f"u{pk}"


def person_of(request: HttpRequest) -> Person | None:
    """Who makes this request; ``None`` for somebody who has neither signed in nor been here as a visitor."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated and accounts.is_active(user):
        return person_of_user(user)
    return visitor_of(request.COOKIES) if conf.get("VISITORS") else None


def person_of_scope(scope: dict[str, Any]) -> tuple[Person | None, str | None]:
    """Who opened this socket: as `person_of`, but somebody without a cookie is a new visitor, where visitors are welcome.

    Returns:
        the person, and the key of the session by which a user is signed in; ``None`` where it was something else, such as a user whom
        a middleware of the site around ours has put into the scope.
    """
    request = request_of(scope)
    session_key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    user = sessions.user_of(sessions.stored(session_key)) if session_key else None
    if user is None:
        session_key, user = None, scope.get("user")
    request.user = user
    person = person_of(request)
    if person is None and conf.get("VISITORS"):
        person = new_visitor()
    return person, None if person is None or person.is_visitor else session_key


def visitor_of(cookies: dict[str, str]) -> Person | None:
    """The visitor named by the signed cookie; ``None`` without one, or when its signature is not ours."""
    try:
        held = signing.loads(cookies.get(COOKIE, ""), salt=_SALT, max_age=COOKIE_AGE)
        return Person(str(held["key"]), str(held["name"]), named=bool(held["named"]))
    except (signing.BadSignature, KeyError, TypeError):
        return None


def new_visitor(name: str | None = None) -> Person:
    """A visitor nobody has met; ``None`` as a name gives one to go on with."""
    key = "v" + secrets.token_hex(8)
    return Person(key, name or _("Visitor %(number)s") % {"number": key[1:5]}, named=name is not None)


def visitor_cookie(person: Person) -> str:
    """The cookie's value that makes a browser this visitor."""
    return signing.dumps({"key": person.key, "name": person.name, "named": person.named}, salt=_SALT)


def visitor_cookie_header(scope: dict[str, Any], person: Person) -> tuple[bytes, bytes] | None:
    """The header of a handshake's answer by which the client stays this visitor; ``None`` if it is known as such."""
    if not person.is_visitor or visitor_of(request_of(scope).COOKIES) is not None:
        return None
    cookie: SimpleCookie = SimpleCookie()
    cookie[COOKIE] = visitor_cookie(person)
    cookie[COOKIE].update({"path": "/", "max-age": COOKIE_AGE, "httponly": True, "samesite": "Lax"})
    cookie[COOKIE]["secure"] = is_secure(scope) or settings.SESSION_COOKIE_SECURE
    return b"set-cookie", cookie[COOKIE].OutputString().encode()


def clean_name(text: str) -> str:
    """A person's name as it is kept: NFC, one line, single spaces.

    Raises:
        Empty: nothing of it can be seen.
        TooLong: over `NAME_LIMIT` characters.
        Invalid: a character that cannot be seen, or that no script needs where it stands; too many marks on one letter.
    """
    name = clean_line(text)
    if not has_letter(name):
        raise Empty(_("A name needs at least one letter."))
    if len(name) > NAME_LIMIT:
        raise TooLong(_("A name has at most %(limit)d characters.") % {"limit": NAME_LIMIT})
    if has_misplaced(name):
        raise Invalid(_("This name contains characters that cannot be seen."))
    return name


def person_now(person: Person, session_key: str | None = None) -> Person | None:
    """The same person, with the account as it is now; ``None`` when it was closed or the session has ended."""
    if person.is_visitor:
        return person
    user = signed_in_user(person.key, session_key)
    return None if user is None else Person(person.key, person.name, user)


def signed_in_user(key: str, session_key: str | None) -> Any:
    """The user behind a person's key and the session that said so; ``None`` when the account was closed, signed out, or got another password."""
    if session_key is None:  # authenticated by something else, such as a site's own token
        return active_user(key)
    user = sessions.user_of(sessions.stored(session_key))
    return user if user is not None and key_of_user(user.pk) == key else None


def active_user(key: str) -> Any:
    """The user behind a person's key, or ``None`` for a visitor, a closed account or nobody."""
    return accounts.active_user(key)
