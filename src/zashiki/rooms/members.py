"""The verbs of membership: who belongs to a room, in which role, and how much of it they want to hear of.

As with the verbs of rooms, each takes ``by``: the person who does it, of whom the policy is asked, or ``None`` for the site itself.
All of them raise `Forbidden` for whoever may not do this.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from zashiki import permissions, user_model
from zashiki.errors import Forbidden, Invalid, NotFound
from zashiki.models import Involvement, Membership, Removal, Role, Room
from zashiki.models.primary import atomic
from zashiki.person import Person
from zashiki.policy import policy
from zashiki.rooms import notify
from zashiki.rooms.authorization import acts_for, check_own, check_right
from zashiki.writer.sync import change_room


class LastOwner(Invalid):
    """The room would be left without an owner; say who shall be the next one."""


def add(room: Room, user: Any, role: str = Role.MEMBER, *, by: Person | None = None) -> Membership:
    """Make somebody a member, who has read what was said until now; who is one keeps their role.

    Somebody who had been removed may use links into the room again, unless it is themselves who comes back.
    """
    _check_may_add(room, user, role, by)
    with atomic():
        if by is None or not acts_for(by, user):
            Removal.objects.filter(room=room, user=user).delete()
        membership, is_new = Membership.objects.get_or_create(
            room=room, user=user, defaults={"role": role, "read_position": room.position}
        )
        if is_new:
            permissions.invalidate(
                room=room, user=user
            )  # it may also allow more: their connections shall know
            notify.room_list_changed([user.pk])
    return membership


def remove(room: Room, user: Any, *, by: Person | None = None) -> None:
    """Take somebody out of the room; from a private one they get up at once, and no link into it lets them in again.

    Raises:
        LastOwner: nobody would own the room.
        NotFound: not a member.
    """
    with atomic():
        _locked(room)
        check_right(by, policy().can_moderate, room)
        membership = _membership(room, user)
        if membership.role == Role.OWNER:
            check_right(by, policy().can_manage, room)
        _check_owner_remains(membership)
        Removal.objects.get_or_create(room=room, user=user)
        _end(membership)


def change_role(room: Room, user: Any, role: str, *, by: Person | None = None) -> None:
    """Give a member another role.

    Raises:
        Invalid: there is no such role.
        LastOwner: nobody would own the room.
        NotFound: not a member.
    """
    if role not in Role.values:
        raise Invalid(_("Unknown role."))
    with atomic():
        _locked(room)
        check_right(by, policy().can_manage, room)
        membership = _membership(room, user)
        if role != Role.OWNER:
            _check_owner_remains(membership)
        membership.role = role
        membership.save(update_fields=["role"])
        permissions.invalidate(room=room, user=user)


def transfer_ownership(room: Room, owner: Any, successor: Any, *, by: Person | None = None) -> None:
    """Make a member the owner in the place of an owner, who becomes a moderator.

    Raises:
        Forbidden: who hands over is no owner.
        NotFound: one of them is not a member, or the successor's account was closed.
    """
    with atomic():
        _locked(room)
        check_own(by, owner)
        if _membership(room, owner).role != Role.OWNER:
            raise Forbidden(_("Only an owner can choose the next owner."))
        if not user_model.is_active(_membership(room, successor).user):
            raise NotFound(_("This person is not a member of the room."))
        change_role(room, successor, Role.OWNER)
        change_role(room, owner, Role.MODERATOR)


def leave(room: Room, user: Any, successor: Any = None, *, by: Person | None = None) -> None:
    """Stop being a member. The last one who leaves archives the room.

    Args:
        successor: who owns the room from now on, where an owner leaves others behind.

    Raises:
        Forbidden: a successor was named by somebody who is no owner.
        LastOwner: others remain and no successor was named.
        NotFound: the user or the successor is not a member.
    """
    with atomic():
        _locked(room)
        check_own(by, user)
        check_right(by, policy().can_leave, room)
        if successor is not None:
            transfer_ownership(room, user, successor, by=by)
        membership = _membership(room, user)
        if not Membership.objects.filter(room=room).exclude(user=user).exists():
            return _leave_empty(room, user)
        _check_owner_remains(membership)
        _end(membership)


def set_involvement(room: Room, user: Any, involvement: str, *, by: Person | None = None) -> None:
    """Say of how much in the room the user wants to hear.

    Raises:
        Invalid: there is no such involvement.
        NotFound: not a member.
    """
    check_own(by, user)
    if involvement not in Involvement.values:
        raise Invalid(_("Unknown notification setting."))
    membership = _membership(room, user)
    membership.involvement = Involvement(involvement)
    membership.save(update_fields=["involvement"])
    notify.room_list_changed([user.pk])


def is_last_owner(membership: Membership) -> bool:
    """Whether the room has no other owner."""
    owners = Membership.objects.filter(room_id=membership.room_id, role=Role.OWNER)
    return membership.role == Role.OWNER and not owners.exclude(pk=membership.pk).exists()


def _leave_empty(room: Room, user: Any) -> None:
    _membership(room, user).delete()
    if not room.is_archived:
        change_room(room, archived_at=timezone.now())
    permissions.invalidate(room=room)
    notify.room_list_changed([user.pk])


def _check_may_add(room: Room, user: Any, role: str, by: Person | None) -> None:
    rules = policy()
    if role != Role.MEMBER:
        check_right(by, rules.can_manage, room)
    if by is None or not acts_for(by, user):
        check_right(by, rules.can_moderate, room)
        check_right(by, rules.can_list_people)  # or whoever knows a number could learn who has it
    else:
        check_right(by, rules.can_join, room)


def _end(membership: Membership) -> None:
    room, user = membership.room, membership.user
    membership.delete()
    permissions.invalidate(room=room, user=user)
    notify.room_list_changed([user.pk])


def _locked(room: Room) -> None:
    list(Room.objects.locked({room.pk}))


def _membership(room: Room, user: Any) -> Membership:
    membership = Membership.objects.filter(room=room, user=user).first()
    if membership is None:
        raise NotFound(_("This person is not a member of the room."))
    return membership


def _check_owner_remains(membership: Membership) -> None:
    if is_last_owner(membership):
        raise LastOwner(_("A room needs an owner. Choose the next owner."))
