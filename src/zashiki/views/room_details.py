"""What a room is, who belongs to it, and what one may do about it."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from zashiki.messages.mention_suggestions import members_seen_by
from zashiki.models import Involvement, Kind, Membership, Role, Room
from zashiki.people.profiles import ProfileCard, active_users, profile_cards
from zashiki.person import Person
from zashiki.policy import policy
from zashiki.rooms import direct
from zashiki.views.decorators import render_page, room_required
from zashiki.views.forms import DescriptionForm, RoomForm
from zashiki.views.people_search import matches, search_in

CHOICE_LIMIT = 500  # people who are offered in a list to choose from
PAGE_SIZE = 100  # members


@require_safe
@room_required
def room_details(request: HttpRequest, person: Person, room: Room) -> HttpResponse:
    """The room's page; ``?q=`` looks in the names of its members, ``?page=`` turns to the next of them."""
    return room_details_page(request, person, room, query=search_in(request), number=request.GET.get("page"))


def room_details_page(
    request: HttpRequest,
    person: Person,
    room: Room,
    *,
    form: Any = None,
    error: str = "",
    query: str = "",
    number: str | None = None,
) -> HttpResponse:
    """The room's page.

    Args:
        form: what was filled in and refused; ``None`` for the room as it is.
        sentence: why something was refused.
        query: what the names or statuses of the members that are shown hold.
        number: which page of the members is shown; ``None`` for the first.
    """
    status = 400 if form is not None or error else 200
    form = form or form_for(room)(initial=_initial(room))
    context = {**_details(person, room), "form": form, "sentence": error, "wanted": query}
    people = [pair for pair in context.pop("people") if matches(query, pair[0].name, pair[0].status)]
    context["shown"] = Paginator(people, PAGE_SIZE).get_page(number)
    return render_page(request, "room_details", person, status, **context)


def form_for(room: Room) -> type[RoomForm] | type[DescriptionForm]:
    """What can be changed of this room."""
    return DescriptionForm if room.name is None else RoomForm


def _details(person: Person, room: Room) -> dict[str, Any]:
    rules = policy()
    memberships = list(Membership.objects.filter(room=room))
    mine = next((each for each in memberships if each.user_id == person.user.pk), None)
    can_moderate = rules.can_moderate(person, room)
    seen = memberships if can_moderate or room.kind == Kind.DIRECT else _seen_by(person, room)
    return {
        "room": room,
        "title": direct.titles([room], person)[room.pk],
        "people": _people(seen),
        "mine": mine,
        "roles": Role.choices,
        "involvements": Involvement.choices,
        "strangers": _non_members(memberships) if can_moderate and rules.can_list_people(person) else [],
        "can_manage": rules.can_manage(person, room),
        "can_moderate": can_moderate,
        "can_invite": rules.can_invite(person, room),
        "can_join": mine is None and rules.can_join(person, room),
        "can_leave": rules.can_leave(person, room),
    }


def _seen_by(person: Person, room: Room) -> list[Membership]:
    return list(members_seen_by(person, Membership.objects.filter(room=room)))


def _people(memberships: list[Membership]) -> list[tuple[ProfileCard, Membership]]:
    """Each member's card and membership: owners first, then by name."""
    by_user = {each.user_id: each for each in memberships}
    found = profile_cards(active_users().filter(pk__in=by_user))
    rank = {role: number for number, role in enumerate(Role.values)}
    return sorted(((card, by_user[card.pk]) for card in found), key=lambda pair: rank[pair[1].role])


def _non_members(memberships: list[Membership]) -> list[ProfileCard]:
    belong = [each.user_id for each in memberships]
    return profile_cards(active_users().exclude(pk__in=belong)[:CHOICE_LIMIT])


def _initial(room: Room) -> dict[str, Any]:
    return {"name": room.name, "description": room.description, "kind": room.kind, "posting": room.posting}
