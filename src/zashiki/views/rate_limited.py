"""Forms cost what posts cost: they store something or send it to others."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zashiki.errors import RateLimited
from zashiki.hub.connection_limits import network_prefix
from zashiki.limits.rate_limits import FORM, Payer
from zashiki.people.identity import person_from_request


def paid(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For every view: who sends too many forms in a short time gets 429 with ``Retry-After``."""

    @wraps(view)
    def limited(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            try:
                payer_of(request).pay(FORM)
            except RateLimited as refusal:
                return too_many(request, refusal)
        return view(request, **kwargs)

    return limited


def payer_of(request: HttpRequest) -> Payer:
    """Who is charged for what a request does."""
    address = request.META.get("REMOTE_ADDR")
    return Payer(person_from_request(request), network_prefix(address) if address else None)


def too_many(request: HttpRequest, refusal: RateLimited) -> HttpResponse:
    response = render(request, "zashiki/too_many.html", status=429)
    response["Retry-After"] = str(math.ceil(refusal.retry_after or 1))
    return response
