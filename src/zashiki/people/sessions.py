"""Who is signed in by a session: one answer for pages and sockets, and a session that is only asked is never changed.

Pages have Django's own ``get_user``, which renews a session that an older ``SECRET_KEY`` has signed and flushes one that proves nothing. A socket has
no answer in which a cookie could be renewed, so here the same function is given a session that stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from django.contrib import auth
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.backends.signed_cookies import SessionStore as SignedCookies
from django.core.exceptions import ValidationError
from django.db import router
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from zashiki import user_model
from zashiki.handshake.request import session_store
from zashiki.models.lookup import get_row
from zashiki.person import Person, user_key


def stored(session_key: str | None) -> Mapping[str, Any]:
    """What a session holds at this moment, read where it is written; nothing for one that has ended or never was."""
    store = session_store()
    session = store(session_key)
    if not issubclass(store, DatabaseSessions):
        return _Unchanged(session)
    model = store.get_model_class()
    if router.db_for_read(model) == router.db_for_write(model):
        return _Unchanged(session)
    row = get_row(model, session_key=session_key or "")
    is_alive = row is not None and row.expire_date > timezone.now()
    return _Unchanged(session.decode(row.session_data) if row is not None and is_alive else {})


def user_of(session: Mapping[str, Any]) -> Any:
    """The user who is signed in by a session, by Django's rules and the site's backends; ``None`` for nobody, or a closed account.

    Args:
        session: as `stored` returns it.
    """
    try:
        user = auth.get_user(SimpleNamespace(session=session))  # type: ignore[arg-type]
    except (ValidationError, ValueError, TypeError):  # a key that this user model cannot have
        return None
    if not user.is_authenticated or not user_model.is_active(user):
        return None
    if router.db_for_read(type(user)) == router.db_for_write(type(user)):
        return user
    return _as_written(user, session)


def can_be_ended() -> bool:
    """Whether the server can end a session. One that lies in a signed cookie is valid until it expires, wherever it was copied to."""
    return not issubclass(session_store(), SignedCookies)


def living(keys: set[str]) -> set[str] | None:
    """Those of these sessions that have not ended; ``None`` when the site keeps them where they cannot be asked for together."""
    store = session_store()
    if not issubclass(store, DatabaseSessions):
        return None
    model = store.get_model_class()
    rows = model._default_manager.using(router.db_for_write(model))
    found = rows.filter(session_key__in=keys, expire_date__gt=timezone.now())
    return set(found.values_list("session_key", flat=True))


def reload_person(person: Person, session_key: str | None = None) -> Person | None:
    """The same person, with the account as it is now; ``None`` when it was closed or the session has ended."""
    if person.is_visitor:
        return person
    user = user_for_session(person.key, session_key)
    return None if user is None else Person(person.key, person.name, user)


def user_for_session(key: str, session_key: str | None) -> Any:
    """The user behind a person's key and the session that said so; ``None`` when the account was closed, signed out, or got another password."""
    if session_key is None:  # authenticated by something else, such as a site's own token
        return active_user(key)
    user = user_of(stored(session_key))
    return user if user is not None and user_key(user.pk) == key else None


def active_user(key: str) -> Any:
    """The user behind a person's key, or ``None`` for a visitor, a closed account or nobody."""
    return user_model.active_user(key)


class _Unchanged(dict[str, Any]):
    """A copy of a session. What Django would do to the session itself is left undone."""

    def __init__(self, session: Any) -> None:
        super().__init__(session.items())

    def __setitem__(self, name: str, value: Any) -> None:
        return None

    def cycle_key(self) -> None:
        return None

    def flush(self) -> None:
        return None


def _as_written(user: Any, session: Mapping[str, Any]) -> Any:
    """The backend may have read a replica; what decides is the account as it is now."""
    now = user_model.users().filter(pk=user.pk).first()
    if now is None or not user_model.is_active(now):
        return None
    if not hasattr(now, "get_session_auth_hash"):
        return now
    held = str(session.get(auth.HASH_SESSION_KEY, ""))
    valid = [now.get_session_auth_hash(), *now.get_session_auth_fallback_hash()]
    return now if any(constant_time_compare(held, each) for each in valid) else None
