"""The verbs of invitations: links that let somebody into a room, or into the house.

Each takes ``by``: the person who does it, of whom the policy is asked, or ``None`` for the site itself.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from zashiki import user_model
from zashiki.errors import NotFound
from zashiki.models import Invitation, Removal, Room
from zashiki.models.primary import atomic
from zashiki.people.identity import person_for_user
from zashiki.person import Person, user_key
from zashiki.policy import policy
from zashiki.rooms import members
from zashiki.rooms.authorization import check_own, check_right


def create(
    user: Any,
    room: Room | None = None,
    *,
    uses: int | None = None,
    days: int | None = None,
    by: Person | None = None,
) -> Invitation:
    """A new link.

    Args:
        room: which they join; ``None`` for the house alone.
        uses: how often; ``None`` for any number.
        days: how long it can be used; ``None`` for ever.

    Raises:
        Forbidden: this person may not invite there.
    """
    check_own(by, user)
    check_right(by, policy().can_invite, room)
    expires_at = None if days is None else timezone.now() + timedelta(days=days)
    return Invitation.objects.create(created_by=user, room=room, max_uses=uses, expires_at=expires_at)


def revoke(invitation: Invitation, *, by: Person | None = None) -> None:
    """The link opens nothing from now on. Raises `Forbidden`."""
    check_right(by, can_revoke, invitation)
    invitation.revoke()


def active(room: Room | None) -> list[Invitation]:
    """The links that still open something, newest first; ``None`` for those of the house alone."""
    return list(Invitation.objects.active().filter(room=room).select_related("created_by").order_by("-pk"))


def can_revoke(person: Person, invitation: Invitation) -> bool:
    """Whoever made it, and whoever may make such ones; and they must see the room."""
    room, rules = invitation.room, policy()
    may_see = rules.can_access(person) if room is None else rules.can_read(person, room)
    is_own = person.user is not None and invitation.created_by_id == person.user.pk
    return may_see and (is_own or rules.can_invite(person, room))


def find_valid(token: str, user: Any = None) -> Invitation | None:
    """The invitation of a link, if it opens anything at this moment: whoever made it must still be allowed to.

    Args:
        user: for whom; ``None`` for somebody without an account.
    """
    invitation = Invitation.objects.with_token(token)
    if invitation is None or not invitation.is_active() or _was_removed(invitation, user):
        return None
    return invitation if _creator_may_invite(invitation, invitation.room) else None


def allows_signup(invitation: Invitation) -> bool:
    """Whether somebody without an account may make one: an invitation to a room alone does not say so."""
    return _creator_may_invite(invitation, None)


def accept(invitation: Invitation, user: Any, *, by: Person | None = None) -> None:
    """Use it once; the user becomes a member of its room.

    Raises:
        Forbidden: it is not their own account that somebody uses it for.
        NotFound: it was used up, revoked or has expired in the meantime, whoever made it may not invite any more, or the user was
            removed from the room.
    """
    check_own(by, user)
    with atomic():
        may_enter = _creator_may_invite(invitation, invitation.room) and not _was_removed(invitation, user)
        if not may_enter or not invitation.use():
            raise NotFound(_("This invitation link no longer works."))
        if invitation.room is not None:
            members.add(invitation.room, user, by=None)


def _was_removed(invitation: Invitation, user: Any) -> bool:
    if invitation.room is None or user is None:
        return False
    return Removal.objects.filter(room=invitation.room, user=user).exists()


def _creator_may_invite(invitation: Invitation, room: Room | None) -> bool:
    maker = user_model.active_user(user_key(invitation.created_by_id))
    return maker is not None and bool(policy().can_invite(person_for_user(maker), room))
