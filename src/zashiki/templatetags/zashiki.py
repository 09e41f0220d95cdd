"""For the pages of a site: ``{% load zashiki %}{% room order %}``."""

from __future__ import annotations

from typing import Any

from django import template
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest
from django.template.loader import render_to_string

from zashiki.models import Room
from zashiki.policy import policy
from zashiki.views.rooms import room_context
from zashiki.views.visitors import current_person

register = template.Library()


@register.simple_tag(takes_context=True)
def room(context: template.Context, subject: Model | str) -> str:
    """The room of an object, a room, or the room at an address, for whoever asks for the page.

    Nothing at all for somebody who may not see it. The styles and scripts come with the first room of a page.

    Args:
        subject: an object of the site, which gets its room on first use; a `Room`; or an address such as ``"lobby"``.

    Raises:
        ImproperlyConfigured: the template was rendered without its request.
        Invalid: this address cannot be a room's name, or a new room's name looks like that of another.
    """
    request = _request_of(context)
    found = _room_of(subject)
    try:
        person = current_person(request)
    except PermissionDenied:  # the page is the site's, and shown to people who may not visit
        return ""
    if found.pk is None and not policy().can_create_room_by_address(person, found.name):
        return ""
    if found.pk is None:
        found = found.or_created_meanwhile()
    try:
        parts = room_context(request, found, person)
    except Http404:
        return ""
    return render_to_string("zashiki/embedded.html", {**parts, "is_first": _is_first(request)}, request)


def _room_of(subject: Model | str) -> Room:
    if isinstance(subject, Room):
        return subject
    return Room.objects.named(subject) if isinstance(subject, str) else Room.objects.of(subject)


def _request_of(context: template.Context) -> HttpRequest:
    request: HttpRequest | None = context.get("request")
    if request is None:
        raise ImproperlyConfigured(
            "{% room %} needs the request: add django.template.context_processors.request to TEMPLATES, "
            "and render the page with its request."
        )
    return request


def _is_first(request: Any) -> bool:
    first = not getattr(request, "zashiki_has_room", False)
    request.zashiki_has_room = True
    return first
