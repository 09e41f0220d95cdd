"""The verbs of invitations: links that let somebody into a room, or into the house."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zashiki import members
from zashiki.errors import NotFound
from zashiki.models import Invitation, Room
from zashiki.people import Person, person_of_user
from zashiki.policy import policy


def make(
    user: Any, room: Room | None = None, *, uses: int | None = None, days: int | None = None
) -> Invitation:
    """A new link.

    Args:
        room: which they join; ``None`` for the house alone.
        uses: how often; ``None`` for any number.
        days: how long it can be used; ``None`` for ever.
    """
    expires_at = None if days is None else timezone.now() + timedelta(days=days)
    return Invitation.objects.create(made_by=user, room=room, uses=uses, expires_at=expires_at)


def revoke(invitation: Invitation) -> None:
    """The link opens nothing from now on."""
    invitation.revoke()


def standing_for(room: Room | None) -> list[Invitation]:
    """The links that still open something, newest first; ``None`` for those of the house alone."""
    return list(Invitation.objects.standing().filter(room=room).select_related("made_by").order_by("-pk"))


def can_revoke(person: Person, invitation: Invitation) -> bool:
    """Whoever made it, and whoever may make such ones."""
    return invitation.made_by_id == person.user.pk or policy().can_invite(person, invitation.room)


def found(token: str) -> Invitation | None:
    """The invitation of a link, if it opens anything at this moment: whoever made it must still be allowed to."""
    invitation = Invitation.objects.with_token(token)
    if invitation is None or not invitation.stands():
        return None
    return invitation if _maker_may_invite(invitation, invitation.room) else None


def opens_house(invitation: Invitation) -> bool:
    """Whether somebody without an account may make one: an invitation to a room alone does not say so."""
    return _maker_may_invite(invitation, None)


def accept(invitation: Invitation, user: Any) -> None:
    """Use it once; the user becomes a member of its room.

    Raises:
        NotFound: it was used up, revoked or has expired in the meantime.
    """
    with transaction.atomic():
        if not invitation.use():
            raise NotFound(_("This invitation cannot be used any more."))
        if invitation.room is not None:
            members.add(invitation.room, user)


def _maker_may_invite(invitation: Invitation, room: Room | None) -> bool:
    maker = invitation.made_by
    return maker.is_active and policy().can_invite(person_of_user(maker), room)
