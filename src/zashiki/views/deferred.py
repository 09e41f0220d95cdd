"""Markup that a room's page needs only when somebody does more than read and write."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import check_for_language, override
from django.views.decorators.http import require_safe

from zashiki.views.static_cache import include_cached


@require_safe
def deferred_html(request: HttpRequest, language: str) -> HttpResponse:
    """The same for everybody who reads this language; a browser keeps it and asks whether it is still so."""
    with override(language if check_for_language(language) else None):
        html = include_cached("zashiki/_deferred.html")
    etag = f'"{hashlib.sha256(html.encode()).hexdigest()[:16]}"'
    response = HttpResponse(html, headers={"ETag": etag, "Cache-Control": "public, no-cache"})
    return get_conditional_response(request, etag=etag, response=response) or response
