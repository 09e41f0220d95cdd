"""Security headers on every answer that a browser can show: whatever is injected into a page, nothing of it runs or calls home."""

from __future__ import annotations

from collections.abc import Callable
from wsgiref.headers import Headers

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from zashiki.redaction import has_secret

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Cache-Control": "private, no-store",  # what is for everybody says so itself
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# The address itself is told to nobody, not even to this site, whose proxy may write it down. `no-referrer` would make forms send
# `Origin: null`, which Django refuses (Fetch standard, "append a request `Origin` header").
SECRET_REFERRER_POLICY = "strict-origin"
# A page has some fifty of these, and a browser asks of none of them what only documents are asked.
PARTS = ("text/javascript", "text/css")


class SecurityHeadersMiddleware:
    """The outermost one. A view that sets one of these headers keeps its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        # A browser also asks this when the answer to a form sends it on, as signing in through another house does.
        form_action = f"form-action 'self' {settings.SIGN_IN_ORIGIN}".strip()
        self._headers = {**HEADERS, "Content-Security-Policy": f"{POLICY}; {form_action}"}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        for name, value in self._headers.items():
            response.headers.setdefault(name, value)
        if has_secret(request.path, request.META.get("QUERY_STRING", "")):
            response.headers["Referrer-Policy"] = SECRET_REFERRER_POLICY
        if settings.IS_SECURE:
            for cookie in response.cookies.values():
                cookie["secure"] = True
        return response


def add_to_file(headers: Headers, path: str, url: str) -> None:
    """For WhiteNoise, which asks once about each file what else is sent with it."""
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if not headers.get("Content-Type", "").startswith(PARTS):
        headers["Content-Security-Policy"] = POLICY
