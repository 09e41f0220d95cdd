"""Tells the access log who made a request, without asking the database."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponseBase

from zashiki.people.visitors import visitor_from_cookies
from zashiki.person import user_key

STATE = "zashiki.who"


class RequestIdentityMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        if (key := _identity(request)) and hasattr(request, "scope"):
            request.scope.setdefault("state", {})[STATE] = key
        return response


def _identity(request: HttpRequest) -> str | None:
    if request.session.accessed and SESSION_KEY in request.session:
        return user_key(request.session[SESSION_KEY])
    visitor = visitor_from_cookies(request.COOKIES)
    return visitor.key if visitor else None
