"""The open rooms there are, to be looked through and joined."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from zashiki.models import Membership, Room
from zashiki.people import Person
from zashiki.policy import policy
from zashiki.views.doors import page, signed_in

PAGE = 50  # rooms


@require_safe
@signed_in
def directory(request: HttpRequest, person: Person) -> HttpResponse:
    """All open rooms, the liveliest first; ``?q=`` looks in names and descriptions, ``?page=`` turns the page."""
    wanted = request.GET.get("q", "").strip()[:100]
    rooms = Room.objects.listed().annotate(people_count=Count("memberships")).order_by("-position", "name")
    if wanted:
        rooms = rooms.filter(Q(name__icontains=wanted) | Q(description__icontains=wanted))
    shown = Paginator(rooms, PAGE).get_page(request.GET.get("page"))
    context = {
        "rooms": shown,
        "wanted": wanted,
        "joined": set(Membership.objects.filter(user=person.user).values_list("room_id", flat=True)),
        "can_make_room": policy().can_make_room(person),
    }
    return page(request, "directory", person, **context)
