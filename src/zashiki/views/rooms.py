"""The index, and the page of a room."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zashiki import conf, history
from zashiki.drawing import drawings
from zashiki.entry import room_called, room_state, room_with_id, standing_in
from zashiki.errors import Invalid
from zashiki.models import House, Room
from zashiki.models.primary import primary
from zashiki.names import clean_line
from zashiki.people import Person
from zashiki.policy import policy
from zashiki.sidebar import open_rooms, rooms_of
from zashiki.socket_paths import socket_url
from zashiki.views.sidebar import sections
from zashiki.views.visitors import remember, somebody

INDEX_LIMIT = 100  # rooms on the index


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Asks for a room's name, and lists the open ones; ``?name=`` goes there."""
    if "name" in request.GET:
        return _go(request, request.GET["name"])
    person = somebody(request)
    context = {
        "me": person,
        "rooms": open_rooms(person, INDEX_LIMIT),
        "can_make_room": policy().can_open_room(person, ""),
    }
    context["mine"] = rooms_of(person) if person is not None else []
    return render(request, "zashiki/index.html", context)


@require_safe
def room_by_name(request: HttpRequest, name: str) -> HttpResponse:
    """The room at this address; nobody needs to have made it, where the policy lets anybody open rooms."""
    try:
        return _room_page(request, room_called(somebody(request), name), name)
    except Invalid as fault:
        return render(
            request, "zashiki/not_found.html", {"sentence": str(fault), "name": name[:200]}, status=404
        )


@require_safe
def room_by_id(request: HttpRequest, room_id: int) -> HttpResponse:
    person = somebody(request)
    room = None if person is None else room_with_id(person, room_id)
    if person is None:
        return redirect_to_login(request.get_full_path())
    if room is None:
        raise Http404(_("There is no such room."))
    return _room_page(request, room)


def room_context(request: HttpRequest, room: Room, person: Person | None) -> dict[str, Any]:
    """What ``zashiki/_room.html`` needs; also for a page of the site's own.

    Raises:
        Http404: this person may not see the room, which looks the same as there being none.
    """
    standing = standing_in(person, room)
    if not standing.can_read:
        raise Http404(_("There is no such room."))
    size, epoch = conf.get("PAGE_SIZE"), House.epoch_now(primary())
    page = _page(room, request.GET.get("at", ""), size)
    return {
        "room": room_state(room, person),
        "conversation": drawings.of(epoch, page.messages),
        "more_before": page.more_before,
        "more_after": page.more_after,
        "me": person,
        "can": {**standing.told(), "moderate": standing.can_moderate},
        "socket_url": socket_url(person),
        "epoch": epoch,
        "version": room.version,
        "page_size": size,
        "body_limit": conf.get("BODY_LIMIT"),
        "frame_limit": conf.get("FRAME_LIMIT"),
    }


def _room_page(request: HttpRequest, room: Room, name: str | None = None) -> HttpResponse:
    """
    Args:
        name: by which it was called; where that is written otherwise than the room's, its own address follows.

    Raises:
        Invalid: a new room's name looks like that of another.
    """
    person = somebody(request)
    if person is None:
        return redirect_to_login(request.get_full_path())
    if room.pk is None and not policy().can_open_room(person, room.name):
        raise Http404(_("There is no such room."))
    if room.pk is None:
        room.check_name()
    context = room_context(request, room, person)
    if name is not None and clean_line(name) != room.name:
        query = request.META.get("QUERY_STRING", "")
        return redirect(reverse("zashiki:room", args=[room.name]) + (f"?{query}" if query else ""))
    context["sections"] = sections(person, context["room"])
    return remember(render(request, "zashiki/room.html", context), request, person)


def _go(request: HttpRequest, name: str) -> HttpResponse:
    try:
        room = Room.objects.named(name)
    except Invalid as fault:
        context = {"me": somebody(request), "can_make_room": True, "sentence": str(fault), "name": name[:200]}
        return render(request, "zashiki/index.html", context, status=400)
    return redirect(reverse("zashiki:room", args=[room.name]))


def _page(room: Room, at: str, size: int) -> history.HistoryPage:
    """The newest messages, or those around the position that a permalink names; of each its id and version."""
    if room.pk is None:
        return history.HistoryPage([], False, False)
    if at.isdecimal() and len(at) < 16:
        return history.Past(room.pk, columns=("pk", "version")).around(int(at), size)
    return history.newest_versions(room.pk, size)
