"""Somebody who came by a link and makes an account."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from zashiki import invitations
from zashiki.errors import NotFound
from zashiki.models import Invitation
from zashiki.views.invitations import SESSION_KEY

_LET_IN = "_zashiki_let_in"


def invitation_of(request: HttpRequest) -> Invitation | None:
    """The invitation whose link this browser has opened, if it lets somebody without an account in."""
    found = invitations.found(request.session.get(SESSION_KEY, ""))
    return found if found is not None and invitations.opens_house(found) else None


def let_in(request: HttpRequest, user: Any) -> None:
    """Use the invitation for a new account, which joins its room. Asking twice in a request uses it once.

    Raises:
        NotFound: nobody moves in without one, and it opens nothing any more.
    """
    if getattr(request, _LET_IN, False):
        return
    held = invitation_of(request)
    if held is not None:
        invitations.accept(held, user)
        del request.session[SESSION_KEY]
    elif not settings.SIGN_UP:
        raise NotFound
    setattr(request, _LET_IN, True)
