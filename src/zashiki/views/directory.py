"""The open rooms there are, to be looked through and joined."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from zashiki.models import Membership, Room
from zashiki.person import Person
from zashiki.policy import policy
from zashiki.rooms.listing import rooms_read_by
from zashiki.views.decorators import render_page, user_required

PAGE = 50  # rooms
LOOKED_AT = 1000  # rooms that the policy of a site is asked for, for one page


@require_safe
@user_required
def directory(request: HttpRequest, person: Person) -> HttpResponse:
    """All open rooms, the liveliest first; ``?q=`` looks in names and descriptions, ``?page=`` turns the page."""
    wanted = request.GET.get("q", "").strip()[:100]
    shown = Paginator(_rooms(person, wanted), PAGE).get_page(request.GET.get("page"))
    context = {
        "rooms": shown,
        "wanted": wanted,
        "joined": set(Membership.objects.filter(user=person.user).values_list("room_id", flat=True)),
        "can_create_room": policy().can_create_room(person),
    }
    return render_page(request, "directory", person, **context)


def _rooms(person: Person, wanted: str) -> Sequence[Room] | QuerySet[Room]:
    """The open rooms that somebody may read; where a site has rules of its own, each is asked for, of the liveliest `LOOKED_AT`.

    What is counted and turned over is the rooms that were let through, so that no number tells of the others.
    """
    rooms = Room.objects.listed().annotate(people_count=Count("memberships")).order_by("-position", "name")
    if wanted:
        rooms = rooms.filter(Q(name__icontains=wanted) | Q(description__icontains=wanted))
    return rooms_read_by(person, rooms[:LOOKED_AT]) if policy().overrides("can_read") else rooms
