"""Who makes a request or opens a socket."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from zashiki import conf, user_model
from zashiki.handshake.request import request_of
from zashiki.people import sessions
from zashiki.people.visitors import new_visitor, visitor_from_cookies
from zashiki.person import Person, user_key
from zashiki.policy import name_of_user


def person_for_user(user: Any) -> Person:
    """The person who is this user of the site; the policy says under which name."""
    return Person(user_key(user.pk), name_of_user(user), user)


def person_from_request(request: HttpRequest) -> Person | None:
    """Who makes this request; ``None`` for somebody who has neither signed in nor been here as a visitor."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated and user_model.is_active(user):
        return person_for_user(user)
    return visitor_from_cookies(request.COOKIES) if conf.get("ALLOW_VISITORS") else None


def person_from_scope(scope: dict[str, Any]) -> tuple[Person | None, str | None]:
    """Who opened this socket: as `person_of`, but somebody without a cookie is a new visitor, where visitors are welcome.

    Returns:
        the person, and the key of the session by which a user is signed in; ``None`` where it was something else, such as a user whom
        a middleware of the site around ours has put into the scope.
    """
    request = request_of(scope)
    session_key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    user: Any = sessions.user_of(sessions.stored(session_key)) if session_key else None
    if user is None:
        session_key, user = None, scope.get("user")
    request.user = user
    person = person_from_request(request)
    if person is None and conf.get("ALLOW_VISITORS"):
        person = new_visitor()
    return person, None if person is None or person.is_visitor else session_key
