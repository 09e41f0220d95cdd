"""Visitors: people who have not signed in, under a name of their own choice, kept in a signed cookie."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from zashiki import conf
from zashiki.errors import ZashikiError
from zashiki.people.identity import person_from_request
from zashiki.people.taken_names import check_free
from zashiki.people.visitors import COOKIE, COOKIE_AGE, new_visitor, visitor_cookie, visitor_from_cookies
from zashiki.person import NAME_LIMIT, Person, clean_name
from zashiki.policy import policy


def current_person(request: HttpRequest) -> Person | None:
    """Who asks; where visitors are welcome, somebody new is one. ``None``: they must sign in first.

    Raises:
        PermissionDenied: a user of the site whom the policy does not let visit.
    """
    person = person_from_request(request) or (new_visitor() if conf.get("ALLOW_VISITORS") else None)
    if person is None or policy().can_access(person):
        return person
    if person.is_visitor:
        return None
    raise PermissionDenied


def set_visitor_cookie(response: HttpResponse, request: HttpRequest, person: Person | None) -> HttpResponse:
    """Let the browser keep a visitor that it does not know yet."""
    if person is not None and person.is_visitor and visitor_from_cookies(request.COOKIES) != person:
        response.set_cookie(
            COOKIE,
            visitor_cookie(person),
            max_age=COOKIE_AGE,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure() or settings.SESSION_COOKIE_SECURE,
        )
    return response


@require_POST
def choose_name(request: HttpRequest) -> HttpResponse:
    """A visitor takes a name and goes on where they were (``next``)."""
    person = current_person(request)
    where = _next(request)
    if person is None or not person.is_visitor:
        return HttpResponseRedirect(where)
    try:
        named = Person(person.key, clean_name(request.POST.get("name", "")), has_chosen_name=True)
        check_free(named.name)
    except ZashikiError as fault:
        typed = request.POST.get("name", "")[:NAME_LIMIT]
        context = {"me": person, "sentence": str(fault), "name": typed, "next": where}
        return render(request, "zashiki/choose_name.html", context, status=400)
    return set_visitor_cookie(HttpResponseRedirect(where), request, named)


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return reverse("zashiki:index")
