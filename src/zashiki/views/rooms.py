"""The index, and the page of a room."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zashiki import conf
from zashiki.errors import Invalid
from zashiki.handshake.paths import socket_url
from zashiki.messages import history as message_history
from zashiki.models import Room, SystemState
from zashiki.models.primary import primary
from zashiki.person import Person
from zashiki.policy import policy
from zashiki.rooms.access import access_to, room_called, room_state, room_with_id
from zashiki.rooms.listing import public_rooms, rooms_for
from zashiki.text.names import clean_line
from zashiki.views.message_cache import message_cache
from zashiki.views.sidebar import sections
from zashiki.views.visitors import current_person, set_visitor_cookie

INDEX_LIMIT = 100  # rooms on the index


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Asks for a room's name, and lists the open ones; ``?name=`` goes there."""
    if "name" in request.GET:
        return _redirect_to_name(request, request.GET["name"])
    person = current_person(request)
    context = {
        "me": person,
        "rooms": public_rooms(person, INDEX_LIMIT),
        "can_create_room": policy().can_create_room_by_address(person, ""),
    }
    context["mine"] = rooms_for(person) if person is not None else []
    return render(request, "zashiki/index.html", context)


@require_safe
def room_by_name(request: HttpRequest, name: str) -> HttpResponse:
    """The room at this address; nobody needs to have made it, where the policy lets anybody open rooms."""
    try:
        return _room_page(request, room_called(current_person(request), name), name)
    except Invalid as fault:
        return render(
            request, "zashiki/not_found.html", {"sentence": str(fault), "name": name[:200]}, status=404
        )


@require_safe
def room_by_id(request: HttpRequest, room_id: int) -> HttpResponse:
    person = current_person(request)
    room = None if person is None else room_with_id(person, room_id)
    if person is None:
        return redirect_to_login(request.get_full_path())
    if room is None:
        raise Http404(_("Room not found."))
    return _room_page(request, room)


def room_context(request: HttpRequest, room: Room, person: Person | None) -> dict[str, Any]:
    """What ``zashiki/_room.html`` needs; also for a page of the site's own.

    Raises:
        Http404: this person may not see the room, which looks the same as there being none.
    """
    access = access_to(person, room)
    if not access.can_read:
        raise Http404(_("Room not found."))
    size, epoch = conf.get("HISTORY_PAGE_SIZE"), SystemState.current_epoch(primary())
    page = _initial_messages(room, request.GET.get("at", ""), size)
    return {
        "room": room_state(room, person),
        "conversation": message_cache.of(epoch, page.messages),
        "more_before": page.more_before,
        "more_after": page.more_after,
        "me": person,
        "can": {**access.to_wire(), "moderate": access.can_moderate},
        "socket_url": socket_url(person),
        "epoch": epoch,
        "version": room.version,
        "page_size": size,
        "body_limit": conf.get("MAX_MESSAGE_LENGTH"),
        "frame_limit": conf.get("MAX_FRAME_SIZE"),
    }


def _room_page(request: HttpRequest, room: Room, name: str | None = None) -> HttpResponse:
    """
    Args:
        name: by which it was called; where that is written otherwise than the room's, its own address follows.

    Raises:
        Invalid: a new room's name looks like that of another.
    """
    person = current_person(request)
    if person is None:
        return redirect_to_login(request.get_full_path())
    if room.pk is None and not policy().can_create_room_by_address(person, room.name):
        raise Http404(_("Room not found."))
    if room.pk is None:
        room = room.or_created_meanwhile()
    context = room_context(request, room, person)
    if name is not None and clean_line(name) != room.name:
        query = request.META.get("QUERY_STRING", "")
        return redirect(reverse("zashiki:room", args=[room.name]) + (f"?{query}" if query else ""))
    context["sections"] = sections(person, context["room"])
    return set_visitor_cookie(render(request, "zashiki/room.html", context), request, person)


def _redirect_to_name(request: HttpRequest, name: str) -> HttpResponse:
    try:
        room = Room.objects.named(name)
    except Invalid as fault:
        context = {
            "me": current_person(request),
            "can_create_room": True,
            "sentence": str(fault),
            "name": name[:200],
        }
        return render(request, "zashiki/index.html", context, status=400)
    return redirect(reverse("zashiki:room", args=[room.name]))


def _initial_messages(room: Room, at: str, size: int) -> message_history.HistoryPage:
    """The newest messages, or those around the position that a permalink names; of each its id and version."""
    if room.pk is None:
        return message_history.HistoryPage([], False, False)
    if at.isdecimal() and len(at) < 16:
        return message_history.MessageHistory(room.pk, columns=("pk", "version")).around(int(at), size)
    return message_history.newest_versions(room.pk, size)
