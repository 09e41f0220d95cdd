"""Links that let others in: making, showing, revoking and using them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zashiki.errors import ZashikiError
from zashiki.models import Invitation, Membership, Room
from zashiki.person import Person
from zashiki.policy import name_of_user, policy
from zashiki.rooms import invitations
from zashiki.views.decorators import render_page, require, room_required, user_required
from zashiki.views.forms import InvitationForm
from zashiki.views.visitors import current_person

SESSION_KEY = "zashiki_invitation"  # the link with which somebody came who has no account yet


def _with_secret_address(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Requests that this page causes do not name its address, which lets people in, as their ``Referer``."""

    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponse:
        response = view(request, **named)
        response.headers["Referrer-Policy"] = (
            "strict-origin"  # `no-referrer` would make forms send `Origin: null`
        )
        return response

    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@room_required
def room_invitations(request: HttpRequest, person: Person, room: Room) -> HttpResponse:
    """The links into a room, and a new one."""
    require(policy().can_invite(person, room))
    return _list_and_create(request, person, room)


@require_http_methods(["GET", "HEAD", "POST"])
@user_required
def server_invitations(request: HttpRequest, person: Person) -> HttpResponse:
    """The links into the house, and a new one."""
    require(policy().can_invite(person))
    return _list_and_create(request, person, None)


@require_POST
@user_required
def revoke(request: HttpRequest, person: Person, invitation_id: int) -> HttpResponse:
    invitation = _revocable(person, invitation_id)
    invitations.revoke(invitation, by=person)
    return redirect(_room_or_home(invitation.room))


@require_safe
@user_required
def code(request: HttpRequest, person: Person, invitation_id: int) -> HttpResponse:
    """The link as a QR code, for a telephone held before the screen."""
    link = _link(request, _revocable(person, invitation_id))
    svg = segno.make(link, error="m").svg_inline(scale=6, border=3, dark="#000", light="#fff", omitsize=True)
    document = (
        svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1) if "xmlns" not in svg else svg
    )
    return HttpResponse(document, content_type="image/svg+xml", headers={"X-Content-Type-Options": "nosniff"})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@_with_secret_address
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the link opens. Looking uses nothing up; going in does."""
    person = current_person(request)
    user = None if person is None else person.user
    held = Invitation.objects.with_token(token)
    if held is not None and user is not None and _is_inside(held, user):
        return redirect(_inside(held))
    found = invitations.find_valid(token, user)
    if found is None:
        sentence = _(
            "It has expired, reached its limit, or been revoked. Ask the person who sent it for a new one."
        )
        return render_page(request, "invitation_gone", person, 404, sentence=sentence)
    if request.method == "POST" and user is not None:
        return _accept(request, person, found)
    request.session[SESSION_KEY] = token
    context = {
        "invitation": found,
        "inviter": name_of_user(found.created_by),
        "can_sign_up": invitations.allows_signup(found),
        "here": request.path,
    }
    return render_page(request, "invitation", person, **context)


def _list_and_create(request: HttpRequest, person: Person, room: Room | None) -> HttpResponse:
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        invitations.create(person.user, room, **form.cleaned_data, by=person)
        return redirect(_room_or_home(room))
    links = [(each, _link(request, each)) for each in invitations.active(room)]
    return render_page(
        request, "invitations", person, 400 if form.is_bound else 200, form=form, room=room, links=links
    )


def _accept(request: HttpRequest, person: Any, found: Invitation) -> HttpResponse:
    try:
        invitations.accept(found, person.user, by=person)
    except ZashikiError as fault:
        return render_page(request, "invitation_gone", person, 404, sentence=str(fault))
    return redirect(_inside(found))


def _is_inside(held: Invitation, user: Any) -> bool:
    return held.room is None or Membership.objects.filter(room=held.room, user=user).exists()


def _inside(held: Invitation) -> str:
    return (
        reverse("zashiki:index") if held.room is None else reverse("zashiki:room_by_id", args=[held.room.pk])
    )


def _revocable(person: Person, invitation_id: int) -> Invitation:
    held = Invitation.objects.select_related("room", "created_by").filter(pk=invitation_id).first()
    if held is None or not invitations.can_revoke(person, held):
        raise Http404
    return held


def _room_or_home(room: Room | None) -> str:
    return (
        reverse("zashiki:server_invitations")
        if room is None
        else reverse("zashiki:room_invitations", args=[room.pk])
    )


def _link(request: HttpRequest, held: Invitation) -> str:
    return request.build_absolute_uri(reverse("zashiki:invitation", args=[held.token]))
