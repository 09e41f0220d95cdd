"""Joining and leaving a room, and what its moderators do about who belongs to it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zashiki.errors import Invalid, NotFound
from zashiki.models import Involvement, Membership, Role, Room
from zashiki.people.profiles import active_users, profile_cards
from zashiki.people.sessions import active_user
from zashiki.person import Person
from zashiki.policy import policy
from zashiki.rooms import members
from zashiki.views.decorators import render_page, require, room_required
from zashiki.views.room_details import room_details_page


@require_POST
@room_required
def join(request: HttpRequest, person: Person, room: Room) -> HttpResponse:
    members.add(room, person.user, by=person)
    return redirect("zashiki:room_by_id", room.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@room_required
def leave(request: HttpRequest, person: Person, room: Room) -> HttpResponse:
    """Asks first: whoever leaves a private room cannot come back by themselves, and an owner leaves it to somebody."""
    require(policy().can_leave(person, room))
    if request.method != "POST":
        return _render_leave_form(request, person, room)
    try:
        members.leave(room, person.user, _successor(room, request.POST.get("successor", "")), by=person)
    except (Invalid, NotFound) as fault:
        return _render_leave_form(request, person, room, str(fault))
    return redirect("zashiki:index")


@require_POST
@room_required
def set_involvement(request: HttpRequest, person: Person, room: Room) -> HttpResponse:
    """Say of how much in the room one wants to hear."""
    wanted = request.POST.get("involvement", "")
    require(policy().membership(person, room) is not None and wanted in Involvement.values)
    members.set_involvement(room, person.user, wanted, by=person)
    return redirect("zashiki:room_details", room.pk)


@require_POST
@room_required
def add(request: HttpRequest, person: Person, room: Room) -> HttpResponse:
    """Bring somebody into the room."""
    require(policy().can_moderate(person, room) and policy().can_list_people(person))
    members.add(room, _user(request.POST.get("person", "")), by=person)
    return redirect("zashiki:room_details", room.pk)


@require_POST
@room_required
def remove(request: HttpRequest, person: Person, room: Room, key: str) -> HttpResponse:
    """Take somebody out; a moderator cannot take out an owner."""
    require(policy().can_moderate(person, room))
    member = _member(room, key)
    try:
        members.remove(room, member.user, by=person)
    except members.LastOwner as fault:
        return room_details_page(request, person, room, error=str(fault))
    return redirect("zashiki:room_details", room.pk)


@require_POST
@room_required
def change_role(request: HttpRequest, person: Person, room: Room, key: str) -> HttpResponse:
    wanted = request.POST.get("role", "")
    require(policy().can_manage(person, room) and wanted in Role.values)
    member = _member(room, key)
    try:
        members.change_role(room, member.user, wanted, by=person)
    except members.LastOwner as fault:
        return room_details_page(request, person, room, error=str(fault))
    return redirect("zashiki:room_details", room.pk)


def _render_leave_form(request: HttpRequest, person: Person, room: Room, error: str = "") -> HttpResponse:
    membership = Membership.objects.get(room=room, user=person.user)
    others = Membership.objects.filter(room=room).exclude(pk=membership.pk)
    context = {
        "room": room,
        "sentence": error,
        "is_last": not others.exists(),
        "needs_successor": members.is_last_owner(membership),
        "successors": profile_cards(active_users().filter(pk__in=others.values("user"))),
    }
    return render_page(request, "leave_room", person, 400 if error else 200, **context)


def _user(key: str) -> Any:
    user = active_user(key)
    if user is None:
        raise Http404(_("Person not found."))
    return user


def _successor(room: Room, key: str) -> Any:
    """Raises `NotFound`, which does not tell whether there is such a user at all."""
    if not key:
        return None
    user = active_user(key)
    if user is None or not Membership.objects.filter(room=room, user=user).exists():
        raise NotFound(_("This person is not a member of the room."))
    return user


def _member(room: Room, key: str) -> Membership:
    user = active_user(key)
    members_called = Membership.objects.filter(room=room, user=user).select_related("user")
    membership = None if user is None else members_called.first()
    if membership is None:
        raise Http404(_("This person is not a member of the room."))
    return membership
