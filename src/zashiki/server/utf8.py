"""For all pages of the server: an address that is not UTF-8 leads nowhere, and a question that is not is refused."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse

from zashiki.utf8 import has_text_path, has_text_query


class Utf8Middleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not has_text_path(request):
            raise Http404
        if not has_text_query(request):
            raise BadRequest
        return self._get_response(request)
