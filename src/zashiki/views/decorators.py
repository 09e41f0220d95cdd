"""Decorators that decide who may use a view, and hand it the person and the room."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.handlers.exception import response_for_exception
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from zashiki.errors import Forbidden, NotFound
from zashiki.person import Person
from zashiki.rooms.access import room_with_id
from zashiki.utf8 import has_text_form, has_text_path, has_text_query
from zashiki.views.visitors import current_person

View = Callable[..., HttpResponse]


def reject_nul(view: View) -> View:
    """For every view: an address that is not UTF-8 leads nowhere, and a question or form that is not is refused with 400.

    So are those with NUL, for which PostgreSQL cannot even look.
    What a verb refuses is answered with 403, what there is not for this person with 404.
    """

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not has_text_path(request) or any("\x00" in str(part) for part in kwargs.values()):
            raise Http404
        if not has_text_query(request) or not has_text_form(request):
            raise BadRequest
        asked = [*request.GET.lists(), *request.POST.lists()]
        if any("\x00" in value for _, values in asked for value in values):
            raise BadRequest
        try:
            return _unshared(view(request, **kwargs))
        except (PermissionDenied, Http404, Forbidden, NotFound) as refusal:
            # The site's own page for it, as Django makes it, and kept by no cache either.
            return _unshared(response_for_exception(request, _for_django(refusal)))

    return guarded


def _for_django(refusal: Exception) -> Exception:
    if isinstance(refusal, Forbidden):
        return PermissionDenied(str(refusal))
    return Http404(str(refusal)) if isinstance(refusal, NotFound) else refusal


def _unshared(response: HttpResponse) -> HttpResponse:
    """What depends on who asks is kept by no cache (RFC 9111, 5.2.2.5); a view whose answer does not says so itself."""
    response.headers.setdefault("Cache-Control", "private, no-store")
    return response


def user_required(view: View) -> View:
    """``view(request, person, ...)`` for users of the site whom the policy lets visit; visitors are asked to sign in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person = current_person(request)
        if person is None or person.is_visitor:
            return redirect_to_login(request.get_full_path() if request.method == "GET" else "")
        return view(request, person, *args, **kwargs)

    return guarded


def room_required(view: View) -> View:
    """``view(request, person, room, ...)`` for users who may read the room; for others there is no such room."""

    @user_required
    @wraps(view)
    def guarded(
        request: HttpRequest, person: Person, room_id: int, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        room = room_with_id(person, room_id)
        if room is None:
            raise Http404(_("Room not found."))
        return view(request, person, room, *args, **kwargs)

    return guarded


def require(allowed: bool) -> None:
    """Refuse what is seen but not allowed, with 403."""
    if not allowed:
        raise PermissionDenied


def render_page(
    request: HttpRequest, name: str, person: Person | None, status: int = 200, /, **context: Any
) -> HttpResponse:
    """A page of the house, with whoever looks at it in its corner."""
    return render(request, f"zashiki/{name}.html", {"me": person, **context}, status=status)
