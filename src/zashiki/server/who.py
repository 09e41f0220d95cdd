"""Tells the access log who made a request, without asking the database."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponseBase

from zashiki.people import key_of_user, visitor_of

STATE = "zashiki.who"


class WhoMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        if (key := _who(request)) and hasattr(request, "scope"):
            request.scope.setdefault("state", {})[STATE] = key
        return response


def _who(request: HttpRequest) -> str | None:
    if request.session.accessed and SESSION_KEY in request.session:
        return key_of_user(request.session[SESSION_KEY])
    visitor = visitor_of(request.COOKIES)
    return visitor.key if visitor else None
