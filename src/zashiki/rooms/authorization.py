"""Who does something: the verbs of rooms, members, invitations and direct rooms ask the policy by these functions.

A verb takes ``by``, a `Person`. ``None`` stands for the site itself, which may do everything: a view that acts for somebody always says for whom.
"""

from __future__ import annotations

from typing import Any

from zashiki.errors import Forbidden
from zashiki.person import Person
from zashiki.policy import policy


def check_own(by: Person | None, user: Any) -> None:
    """Refuse whoever does something in the place of another user, and whoever may not visit. Raises `Forbidden`."""
    if by is not None and not (acts_for(by, user) and policy().can_access(by)):
        raise Forbidden


def acts_for(by: Person, user: Any) -> bool:
    """Whether this person is that user."""
    return by.user is not None and user is not None and by.user.pk == user.pk


def check_right(by: Person | None, right: Any, *args: Any) -> None:
    """Refuse whoever does not have a right of the policy.

    Args:
        right: a method of the policy; it is called with the person and `args`.

    Raises:
        Forbidden: the policy says no.
    """
    if by is not None and not right(by, *args):
        raise Forbidden
