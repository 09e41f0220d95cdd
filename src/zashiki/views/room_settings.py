"""Making a room, and keeping it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from zashiki.errors import ZashikiError
from zashiki.models import Kind, PostingRule, Room
from zashiki.person import Person
from zashiki.policy import policy
from zashiki.rooms import actions as room_actions
from zashiki.views.decorators import render_page, require, room_required, user_required
from zashiki.views.forms import RoomForm
from zashiki.views.rate_limited import payer_of
from zashiki.views.room_details import form_for, room_details_page


@require_http_methods(["GET", "HEAD", "POST"])
@user_required
def create_room(request: HttpRequest, person: Person) -> HttpResponse:
    """Make a room, and go there."""
    require(policy().can_create_room(person))
    form = RoomForm(request.POST or None, initial={"name": request.GET.get("name", "")})
    if form.is_valid():
        try:
            payer_of(request).pay_for_room()
            room = room_actions.create(person.user, **form.cleaned_data, by=person)
            return redirect("zashiki:room_by_id", room.pk)
        except ZashikiError as fault:
            form.add_error("name", str(fault))
    return render_page(request, "create_room", person, 400 if form.is_bound else 200, form=form)


@require_POST
@room_required
def edit_room(request: HttpRequest, person: Person, room: Room) -> HttpResponse:
    """Rename, describe, open and close the room, and say who posts."""
    require(policy().can_manage(person, room))
    form = form_for(room)(request.POST)
    if form.is_valid():
        try:
            _apply(room, form.cleaned_data, person)
            return redirect("zashiki:room_details", room.pk)
        except ZashikiError as fault:
            form.add_error("name" if "name" in form.fields else None, str(fault))
    return room_details_page(request, person, room, form=form)


@require_POST
@room_required
def archive_room(request: HttpRequest, person: Person, room: Room) -> HttpResponse:
    room_actions.archive(room, by=person)
    return redirect("zashiki:room_details", room.pk)


@require_POST
@room_required
def unarchive_room(request: HttpRequest, person: Person, room: Room) -> HttpResponse:
    room_actions.unarchive(room, by=person)
    return redirect("zashiki:room_details", room.pk)


def _apply(room: Room, wanted: dict[str, Any], person: Person) -> None:
    if wanted.get("name", room.name) != room.name:
        room_actions.rename(room, wanted["name"], by=person)
    room_actions.describe(room, wanted["description"], by=person)
    if wanted.get("kind", room.kind) != room.kind:
        (room_actions.make_private if wanted["kind"] == Kind.PRIVATE else room_actions.make_public)(
            room, by=person
        )
    if wanted["posting"] != room.posting:
        (
            room_actions.restrict_posting
            if wanted["posting"] == PostingRule.MODERATORS
            else room_actions.allow_posting
        )(room, by=person)
