"""Ending a right: the connections that were taken under it are looked at again, in every process.

`end` writes a row with the next version of the state's clock of rights and rings the other processes after the commit. A process that did not hear
it finds the version at its next heartbeat; the writer compares the version in each transaction.
"""

from __future__ import annotations

import weakref
from typing import Any, Protocol

from django.contrib.auth.signals import user_logged_out
from django.db import router, transaction
from django.db.models.signals import post_delete, post_save

from zashiki import hub, user_model
from zashiki.models import PermissionChange, Room, SystemState
from zashiki.person import user_key

TOPIC = "permissions"


def invalidate(*, room: Room | None = None, user: Any = None, person_key: str = "") -> None:
    """Have every connection that this concerns looked at again; those without a right are taken away within a second.

    To be called inside the transaction that ends the right, or after it. What a connection may do is asked of the policy anew, so saying this once too
    often costs a query and nothing else.

    Args:
        room: the room in question; ``None`` for all rooms.
        user: the user in question; ``None`` for everybody (or `person_key`).
        person_key: the person in question, if it is not a user.
    """
    key = user_key(user.pk) if user is not None else person_key
    with transaction.atomic(using=router.db_for_write(SystemState)):
        state = SystemState.lock()
        state.permissions_version += 1
        state.save(update_fields=["permissions_version"])
        PermissionChange.objects.create(version=state.permissions_version, room=room, person_key=key)
        transaction.on_commit(
            lambda: _notify(state.permissions_version), using=router.db_for_write(SystemState), robust=True
        )


class PermissionListener(Protocol):
    """Who looks at the connections of a loop."""

    def apply_changes_threadsafe(self, version: int) -> None: ...


_listeners_here: weakref.WeakSet[PermissionListener] = weakref.WeakSet()


def register(listener: PermissionListener) -> None:
    """Have a loop's connections looked at when a right is ended on another thread of its process."""
    _listeners_here.add(listener)


def connect_signals() -> None:
    """End the rights of accounts that sign out, are closed or deleted, or get another password, whoever does it."""
    user_logged_out.connect(_signed_out, dispatch_uid="zashiki.permissions")
    for model in user_model.models_of_users():
        post_save.connect(_account_saved, sender=model, dispatch_uid="zashiki.permissions")
        post_delete.connect(_account_deleted, sender=model, dispatch_uid="zashiki.permissions")


def _notify(version: int) -> None:
    for listener in list(_listeners_here):
        listener.apply_changes_threadsafe(version)
    hub.notify(TOPIC, {"version": version})


def _signed_out(sender: Any, user: Any, request: Any = None, **_: Any) -> None:
    if user is None:
        return
    if (session := getattr(request, "session", None)) is not None:
        session.delete()  # Django does so only after this signal; who looks at the connections now must find it gone
    invalidate(user=user)


def _account_saved(sender: Any, instance: Any, created: bool, raw: bool, **_: Any) -> None:
    # `_password` is Django's own mark of a password that was set and is just being saved (AbstractBaseUser.save).
    if (
        not raw
        and not created
        and (not user_model.is_active(instance) or getattr(instance, "_password", None) is not None)
    ):
        invalidate(user=instance)


def _account_deleted(sender: Any, instance: Any, **_: Any) -> None:
    invalidate(person_key=user_key(instance.pk))
