"""When a browser was last here, for the list of one's sessions."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponseBase

INTERVAL = 300.0  # seconds between two times that it is written down
SESSIONS_LIMIT = 10_000  # sessions that are remembered


class SessionActivityMiddleware:
    """In place of django-allauth's own, which writes to the database at every request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        self._seen: dict[tuple[str, str, str], float] = {}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.session.session_key and SESSION_KEY in request.session and self._is_due(request):
            UserSession.objects.create_from_request(request)
        return self._get_response(request)

    def _is_due(self, request: HttpRequest) -> bool:
        """Whether to record this request: the last record is old, or the browser comes from elsewhere."""
        meta, now = request.META, time.monotonic()
        browser = (
            str(request.session.session_key),
            meta.get("REMOTE_ADDR", ""),
            meta.get("HTTP_USER_AGENT", ""),
        )
        if now - self._seen.get(browser, -INTERVAL) < INTERVAL or not request.user.is_authenticated:
            return False
        if len(self._seen) >= SESSIONS_LIMIT:
            self._seen.clear()
        self._seen[browser] = now
        return True
