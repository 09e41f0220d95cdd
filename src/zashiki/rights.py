"""Ending a right: the seats that were taken under it are looked at again, in every process.

`end` writes a row with the next number of the house's clock of rights and rings the other processes after the commit. A process that did not hear
it finds the number at its next heartbeat; the writer compares the number in each transaction.
"""

from __future__ import annotations

import weakref
from typing import Any, Protocol

from django.contrib.auth.signals import user_logged_out
from django.db import router, transaction
from django.db.models.signals import post_delete, post_save

from zashiki import accounts, seating
from zashiki.models import House, Revocation, Room
from zashiki.people import key_of_user

TOPIC = "rights"


def end(*, room: Room | None = None, user: Any = None, person_key: str = "") -> None:
    """Have every seat that this concerns looked at again; those without a right are taken away within a second.

    To be called inside the transaction that ends the right, or after it. What a seat may do is asked of the policy anew, so saying this once too
    often costs a query and nothing else.

    Args:
        room: the room in question; ``None`` for all rooms.
        user: the user in question; ``None`` for everybody (or `person_key`).
        person_key: the person in question, if it is not a user.
    """
    key = key_of_user(user.pk) if user is not None else person_key
    with transaction.atomic(using=router.db_for_write(House)):
        house = House.locked()
        house.rights += 1
        house.save(update_fields=["rights"])
        Revocation.objects.create(number=house.rights, room=room, person_key=key)
        transaction.on_commit(lambda: _tell(house.rights), using=router.db_for_write(House), robust=True)


class Heeding(Protocol):
    """Who looks at the seats of a loop."""

    def heed_from_thread(self, number: int) -> None: ...


_heeding_here: weakref.WeakSet[Heeding] = weakref.WeakSet()


def register(heeding: Heeding) -> None:
    """Have a loop's seats looked at when a right is ended on another thread of its process."""
    _heeding_here.add(heeding)


def watch_accounts() -> None:
    """End the rights of accounts that sign out, are closed or deleted, or get another password, whoever does it."""
    user_logged_out.connect(_signed_out, dispatch_uid="zashiki.rights")
    for model in accounts.models_of_users():
        post_save.connect(_account_saved, sender=model, dispatch_uid="zashiki.rights")
        post_delete.connect(_account_deleted, sender=model, dispatch_uid="zashiki.rights")


def _tell(number: int) -> None:
    for heeding in list(_heeding_here):
        heeding.heed_from_thread(number)
    seating.ring(TOPIC, {"number": number})


def _signed_out(sender: Any, user: Any, request: Any = None, **_: Any) -> None:
    if user is None:
        return
    if (session := getattr(request, "session", None)) is not None:
        session.delete()  # Django does so only after this signal; who looks at the seats now must find it gone
    end(user=user)


def _account_saved(sender: Any, instance: Any, created: bool, raw: bool, **_: Any) -> None:
    # `_password` is Django's own mark of a password that was set and is just being saved (AbstractBaseUser.save).
    if (
        not raw
        and not created
        and (not accounts.is_active(instance) or getattr(instance, "_password", None) is not None)
    ):
        end(user=instance)


def _account_deleted(sender: Any, instance: Any, **_: Any) -> None:
    end(person_key=key_of_user(instance.pk))
