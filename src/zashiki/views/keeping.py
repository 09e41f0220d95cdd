"""Making a room, and keeping it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from zashiki import rooms
from zashiki.errors import ZashikiError
from zashiki.forms import RoomForm
from zashiki.models import Kind, Posting, Room
from zashiki.people import Person
from zashiki.policy import policy
from zashiki.views.about import about_page, form_for
from zashiki.views.doors import check, in_room, page, signed_in
from zashiki.views.paid import payer_of


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def make(request: HttpRequest, person: Person) -> HttpResponse:
    """Make a room, and go there."""
    check(policy().can_make_room(person))
    form = RoomForm(request.POST or None, initial={"name": request.GET.get("name", "")})
    if form.is_valid():
        try:
            payer_of(request).pay_for_room()
            room = rooms.make(person.user, **form.cleaned_data, by=person)
            return redirect("zashiki:room_by_id", room.pk)
        except ZashikiError as fault:
            form.add_error("name", str(fault))
    return page(request, "make_room", person, 400 if form.is_bound else 200, form=form)


@require_POST
@in_room
def change(request: HttpRequest, person: Person, room: Room) -> HttpResponse:
    """Rename, describe, open and close the room, and say who posts."""
    check(policy().can_manage(person, room))
    form = form_for(room)(request.POST)
    if form.is_valid():
        try:
            _apply(room, form.cleaned_data, person)
            return redirect("zashiki:about", room.pk)
        except ZashikiError as fault:
            form.add_error("name" if "name" in form.fields else None, str(fault))
    return about_page(request, person, room, form=form)


@require_POST
@in_room
def archive(request: HttpRequest, person: Person, room: Room) -> HttpResponse:
    rooms.archive(room, by=person)
    return redirect("zashiki:about", room.pk)


@require_POST
@in_room
def unarchive(request: HttpRequest, person: Person, room: Room) -> HttpResponse:
    rooms.unarchive(room, by=person)
    return redirect("zashiki:about", room.pk)


def _apply(room: Room, wanted: dict[str, Any], person: Person) -> None:
    if wanted.get("name", room.name) != room.name:
        rooms.rename(room, wanted["name"], by=person)
    rooms.describe(room, wanted["description"], by=person)
    if wanted.get("kind", room.kind) != room.kind:
        (rooms.make_private if wanted["kind"] == Kind.PRIVATE else rooms.make_open)(room, by=person)
    if wanted["posting"] != room.posting:
        (rooms.restrict if wanted["posting"] == Posting.MODERATORS else rooms.unrestrict)(room, by=person)
