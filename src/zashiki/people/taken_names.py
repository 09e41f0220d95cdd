"""The names of accounts, which nobody else can take: a guest or a new account that looks like somebody else is refused. Synchronous."""

from __future__ import annotations

import time
from collections import defaultdict
from threading import Lock
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext as _

from zashiki.errors import Invalid
from zashiki.models import Profile
from zashiki.people.profiles import active_users
from zashiki.policy import name_of_user
from zashiki.text.confusables import look_alike, looks_of

AGE = 10.0  # seconds after which names that another process or the site's own code has changed are read again
SHARE = 20  # and as many times as long as reading them took: it costs a twentieth of a thread at most


def check_free(name: str, *, but: Any = None) -> None:
    """Raises `Invalid` for a name that can be taken for that of an account.

    Args:
        but: the user who asks, and may be called as they are; ``None`` for somebody without an account.
    """
    pks = _names.like(name) - {getattr(but, "pk", None)}
    # The names at hand may be old: what decides is read now.
    for user in active_users().filter(pk__in=pks) if pks else ():
        if any(look_alike(name, held) for held in _names_of(user)):
            raise Invalid(_("This name, or one that looks like it, is already taken."))


def watch_names() -> None:
    """Have names read again after an account or a profile was saved or deleted in this process."""
    for model in (get_user_model(), Profile):
        for signal in (post_save, post_delete):
            signal.connect(
                _changed, sender=model, dispatch_uid=f"zashiki.people.taken_names.{model.__name__}"
            )


class _Names:
    """The accounts by the keys of their names, as they were a moment ago."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._pks: dict[str, set[Any]] = {}
        self._until = 0.0

    def like(self, name: str) -> set[Any]:
        """The primary keys of accounts whose names may look like this one."""
        with self._lock:
            if time.monotonic() >= self._until:
                self._read()
            pks = self._pks
        return set().union(*(pks.get(key, set()) for key in _keys(name)))

    def forget(self) -> None:
        self._until = 0.0

    def _read(self) -> None:
        begun, pks = time.monotonic(), defaultdict(set)
        for user in active_users().iterator(chunk_size=1000):
            for name in _names_of(user):
                for key in _keys(name):
                    pks[key].add(user.pk)
        now = time.monotonic()
        self._pks, self._until = pks, now + max(AGE, SHARE * (now - begun))


_names = _Names()


def _names_of(user: Any) -> set[str]:
    return {name_of_user(user), str(user.get_username())}


def _keys(name: str) -> tuple[str, str]:
    small, shape = looks_of(name)
    return f"a{small}", f"A{shape}"


def _changed(sender: Any, **_: Any) -> None:
    _names.forget()
