"""Whether the parts of Django that rooms stand on are there."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.utils.module_loading import import_string

APPS = {
    "django.contrib.auth": "people",
    "django.contrib.contenttypes": "rooms that belong to objects",
    "django.contrib.sessions": "people who stay signed in",
    "django.contrib.staticfiles": "the styles and scripts of a room",
}
MIDDLEWARE = (
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
)


def check_apps(**kwargs: Any) -> list[CheckMessage]:
    return [
        Error(
            f"{name} is not installed, and rooms need it for {what}.",
            hint=f'Add "{name}" to INSTALLED_APPS.',
            id="zashiki.E005",
        )
        for name, what in APPS.items()
        if not apps.is_installed(name)
    ]


def check_middleware(**kwargs: Any) -> list[CheckMessage]:
    """A site's own subclass serves as well, so the names alone are not enough to tell."""
    present = [import_string(path) for path in settings.MIDDLEWARE]
    return [
        Error(
            f"{path.rpartition('.')[2]} is not installed, and the pages of rooms need it.",
            hint=f'Add "{path}" to MIDDLEWARE.',
            id="zashiki.E006",
        )
        for path in MIDDLEWARE
        if not any(_serves_as(middleware, path) for middleware in present)
    ]


def _serves_as(middleware: Any, path: str) -> bool:
    return any(
        f"{kind.__module__}.{kind.__qualname__}" == path for kind in getattr(middleware, "__mro__", ())
    )
