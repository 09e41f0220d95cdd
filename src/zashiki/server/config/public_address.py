"""Links that leave the server begin with its public address, whatever host name a request came by."""

from __future__ import annotations

from types import SimpleNamespace
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.utils.functional import cached_property


class PublicRequest(ASGIRequest):
    """A request whose `build_absolute_uri` uses ``settings.ORIGIN`` if there is one: links in mails, invitations, QR codes.

    `get_host` stays what the browser has sent, because Django compares the origin of a form with it.
    """

    @cached_property
    def _current_scheme_host(self) -> str:
        return settings.ORIGIN or f"{self.scheme}://{self.get_host()}"


def site_of(request: ASGIRequest) -> SimpleNamespace:
    """What mails call the server: ``name`` and ``domain``, both the public host."""
    host = urlsplit(settings.ORIGIN).netloc if settings.ORIGIN else request.get_host()
    return SimpleNamespace(name=host, domain=host)
