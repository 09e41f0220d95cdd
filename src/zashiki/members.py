"""The verbs of membership: who belongs to a room, in which role, and how much of it they want to hear of.

As with the verbs of rooms, none of them asks the policy.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zashiki import lists, rights
from zashiki.errors import Invalid, NotFound
from zashiki.models import Involvement, Membership, Role, Room
from zashiki.writer.room import change_room


class LastOwner(Invalid):
    """The room would be left without an owner; say who shall be the next one."""


def add(room: Room, user: Any, role: str = Role.MEMBER) -> Membership:
    """Make somebody a member, who has read what was said until now; who is one keeps their role."""
    with transaction.atomic():
        membership, is_new = Membership.objects.get_or_create(
            room=room, user=user, defaults={"role": role, "read_position": room.position}
        )
        if is_new:
            rights.end(room=room, user=user)  # it may also allow more: their seats shall know
            lists.refresh([user.pk])
    return membership


def remove(room: Room, user: Any) -> None:
    """Take somebody out of the room; from a private one they get up at once.

    Raises:
        LastOwner: nobody would own the room.
    """
    with transaction.atomic():
        _locked(room)
        membership = _membership(room, user)
        _check_owner_remains(membership)
        membership.delete()
        rights.end(room=room, user=user)
        lists.refresh([user.pk])


def change_role(room: Room, user: Any, role: str) -> None:
    """Give a member another role.

    Raises:
        LastOwner: nobody would own the room.
        NotFound: not a member.
    """
    with transaction.atomic():
        _locked(room)
        membership = _membership(room, user)
        if role != Role.OWNER:
            _check_owner_remains(membership)
        membership.role = role
        membership.save(update_fields=["role"])
        rights.end(room=room, user=user)


def hand_over(room: Room, owner: Any, successor: Any) -> None:
    """Make a member the owner in the place of an owner, who becomes a moderator. Raises `NotFound`."""
    with transaction.atomic():
        change_role(room, successor, Role.OWNER)
        change_role(room, owner, Role.MODERATOR)


def leave(room: Room, user: Any, successor: Any = None) -> None:
    """Stop being a member. The last one who leaves archives the room.

    Args:
        successor: who owns the room from now on, where the last owner leaves others behind.

    Raises:
        LastOwner: others remain and no successor was named.
        NotFound: the user or the successor is not a member.
    """
    with transaction.atomic():
        if successor is not None:
            hand_over(room, user, successor)
        if not Membership.objects.filter(room=room).exclude(user=user).exists():
            return _leave_empty(room, user)
        remove(room, user)


def involve(room: Room, user: Any, involvement: str) -> None:
    """Say of how much in the room the user wants to hear. Raises `NotFound`."""
    membership = _membership(room, user)
    membership.involvement = Involvement(involvement)
    membership.save(update_fields=["involvement"])
    lists.refresh([user.pk])


def is_last_owner(membership: Membership) -> bool:
    """Whether the room has no other owner."""
    owners = Membership.objects.filter(room_id=membership.room_id, role=Role.OWNER)
    return membership.role == Role.OWNER and not owners.exclude(pk=membership.pk).exists()


def _leave_empty(room: Room, user: Any) -> None:
    _membership(room, user).delete()
    if not room.is_archived:
        change_room(room, archived_at=timezone.now())
    rights.end(room=room)
    lists.refresh([user.pk])


def _locked(room: Room) -> None:
    list(Room.objects.locked({room.pk}))


def _membership(room: Room, user: Any) -> Membership:
    membership = Membership.objects.filter(room=room, user=user).first()
    if membership is None:
        raise NotFound(_("This person does not belong to the room."))
    return membership


def _check_owner_remains(membership: Membership) -> None:
    if is_last_owner(membership):
        raise LastOwner(_("A room needs an owner: say who shall be the next one."))
