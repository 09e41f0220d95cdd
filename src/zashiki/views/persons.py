"""The people of the house: a list, a page for each, and talking to them directly."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zashiki import directs
from zashiki.errors import ZashikiError
from zashiki.models import Kind, Room
from zashiki.people import Person, active_user
from zashiki.policy import policy
from zashiki.profiles import card, cards, users
from zashiki.views.doors import check, page, signed_in
from zashiki.views.people_search import matches, search_in

PAGE = 100  # people
OFFERED = 8  # people while somebody types a name


@require_safe
@signed_in
def everybody(request: HttpRequest, person: Person) -> HttpResponse:
    """Who has an account here; ``?q=`` looks in names and statuses, ``?page=`` turns the page."""
    check(policy().can_see_people(person))
    return _everybody(request, person, search_in(request), number=request.GET.get("page"))


@require_safe
@signed_in
def names(request: HttpRequest, person: Person) -> HttpResponse:
    """The first others whose name holds ``?q=``: ``{"people": [{"id", "name"}, ...]}``."""
    check(policy().can_see_people(person))
    found = [
        each for each in cards(users()) if each.key != person.key and matches(search_in(request), each.name)
    ]
    return JsonResponse({"people": [{"id": each.key, "name": each.name} for each in found[:OFFERED]]})


@require_safe
@signed_in
def somebody(request: HttpRequest, person: Person, key: str) -> HttpResponse:
    """One of them, and the rooms that both are in."""
    check(policy().can_see_people(person))
    user = active_user(key)
    if user is None:
        raise Http404(_("There is no such person."))
    shared = Room.objects.mine(person.user).exclude(kind=Kind.DIRECT).filter(memberships__user=user)
    return page(request, "person", person, card=card(user), rooms=shared, is_me=user == person.user)


@require_POST
@signed_in
def talk(request: HttpRequest, person: Person) -> HttpResponse:
    """To the direct room with the chosen people (``person``, once for each)."""
    check(policy().can_see_people(person))
    others = [active_user(key) for key in request.POST.getlist("person")[: directs.PEOPLE_LIMIT + 1]]
    try:
        room = directs.between([person.user, *(user for user in others if user is not None)], by=person)
    except ZashikiError as fault:
        return _everybody(request, person, "", str(fault))
    directs.reopen(room, person.user, by=person)
    return redirect("zashiki:room_by_id", room.pk)


def _everybody(
    request: HttpRequest, person: Person, wanted: str, sentence: str = "", number: str | None = None
) -> HttpResponse:
    people = [each for each in cards(users()) if matches(wanted, each.name, each.status)]
    shown = Paginator(people, PAGE).get_page(number)
    context = {"shown": shown, "wanted": wanted, "sentence": sentence}
    return page(request, "people", person, 400 if sentence else 200, **context)
