"""The first account: its owner may do everything."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from zashiki.models import SystemState
from zashiki.server.accounts.models import Account


def has_owner() -> bool:
    return Account.objects.exists()


def make_owner(username: str, password: str, **more: Any) -> Account | None:
    """
    Returns:
        the owner, or ``None`` when the house has one already: two who try at once do not both succeed.
    """
    with transaction.atomic():
        SystemState.lock()
        if has_owner():
            return None
        owner: Account = Account.objects.create_superuser(username, password=password, **more)
        return owner
