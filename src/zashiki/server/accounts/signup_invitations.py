"""Somebody who came by a link and makes an account."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from zashiki.errors import NotFound
from zashiki.models import Invitation
from zashiki.rooms import invitations
from zashiki.views.invitations import SESSION_KEY

_ACCEPTED_KEY = "_zashiki_let_in"


def invitation_of(request: HttpRequest) -> Invitation | None:
    """The invitation whose link this browser has opened, if it lets somebody without an account in."""
    found = invitations.find_valid(request.session.get(SESSION_KEY, ""))
    return found if found is not None and invitations.allows_signup(found) else None


def accept_invitation(request: HttpRequest, user: Any) -> None:
    """Use the invitation for a new account, which joins its room. Asking twice in a request uses it once.

    Raises:
        NotFound: nobody moves in without one, and it opens nothing any more.
    """
    if getattr(request, _ACCEPTED_KEY, False):
        return
    held = invitation_of(request)
    if held is not None:
        invitations.accept(held, user)
        del request.session[SESSION_KEY]
    elif not settings.SIGN_UP:
        raise NotFound
    setattr(request, _ACCEPTED_KEY, True)
