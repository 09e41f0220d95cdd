"""The cookies that make a client somebody. Synchronous; both use the site's own settings and database."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from zashiki.people.visitors import COOKIE, new_visitor, visitor_cookie


def signed_in(user: Any) -> dict[str, str]:
    """A new session of this user."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return {settings.SESSION_COOKIE_NAME: session.session_key}


def visiting(name: str) -> dict[str, str]:
    """A new visitor under this name."""
    return {COOKIE: visitor_cookie(new_visitor(name))}
