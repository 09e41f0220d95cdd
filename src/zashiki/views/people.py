"""The people of the house: a list, a page for each, and talking to them directly."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zashiki.errors import ZashikiError
from zashiki.models import Kind, Room
from zashiki.people.profiles import active_users, profile_card, profile_cards
from zashiki.people.sessions import active_user
from zashiki.person import Person
from zashiki.policy import policy
from zashiki.rooms import direct
from zashiki.views.decorators import render_page, require, user_required
from zashiki.views.people_search import matches, search_in

PAGE_SIZE = 100  # people
SUGGESTIONS_LIMIT = 8  # people while somebody types a name


@require_safe
@user_required
def people_list(request: HttpRequest, person: Person) -> HttpResponse:
    """Who has an account here; ``?q=`` looks in names and statuses, ``?page=`` turns the page."""
    require(policy().can_list_people(person))
    return _people_list(request, person, search_in(request), number=request.GET.get("page"))


@require_safe
@user_required
def search(request: HttpRequest, person: Person) -> HttpResponse:
    """The first others whose name holds ``?q=``: ``{"people": [{"id", "name"}, ...]}``."""
    require(policy().can_list_people(person))
    found = [
        each
        for each in profile_cards(active_users())
        if each.key != person.key and matches(search_in(request), each.name)
    ]
    return JsonResponse(
        {"people": [{"id": each.key, "name": each.name} for each in found[:SUGGESTIONS_LIMIT]]}
    )


@require_safe
@user_required
def person_page(request: HttpRequest, person: Person, key: str) -> HttpResponse:
    """One of them, and the rooms that both are in."""
    require(policy().can_list_people(person))
    user = active_user(key)
    if user is None:
        raise Http404(_("Person not found."))
    shared = Room.objects.mine(person.user).exclude(kind=Kind.DIRECT).filter(memberships__user=user)
    return render_page(
        request, "person", person, card=profile_card(user), rooms=shared, is_me=user == person.user
    )


@require_POST
@user_required
def start_direct_room(request: HttpRequest, person: Person) -> HttpResponse:
    """To the direct room with the chosen people (``person``, once for each)."""
    require(policy().can_list_people(person))
    others = [active_user(key) for key in request.POST.getlist("person")[: direct.PEOPLE_LIMIT + 1]]
    try:
        room = direct.get_or_create([person.user, *(user for user in others if user is not None)], by=person)
    except ZashikiError as fault:
        return _people_list(request, person, "", str(fault))
    direct.unhide(room, person.user, by=person)
    return redirect("zashiki:room_by_id", room.pk)


def _people_list(
    request: HttpRequest, person: Person, query: str, error: str = "", number: str | None = None
) -> HttpResponse:
    people = [each for each in profile_cards(active_users()) if matches(query, each.name, each.status)]
    shown = Paginator(people, PAGE_SIZE).get_page(number)
    context = {"shown": shown, "wanted": query, "sentence": error}
    return render_page(request, "people", person, 400 if error else 200, **context)
