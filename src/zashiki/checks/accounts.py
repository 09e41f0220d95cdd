"""Whether the site's accounts and sessions can do what rooms promise."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Warning

from zashiki.models.primary import KEY_LIMIT
from zashiki.people import sessions


def check_sessions(**kwargs: Any) -> list[CheckMessage]:
    if sessions.can_be_ended():
        return []
    return [
        Warning(
            "Sessions in signed cookies cannot be ended by the server: whoever has copied the cookie stays signed in until it expires.",
            hint="Open sockets heed a sign-out all the same. To end sessions for good, keep them in the database or in a cache.",
            id="zashiki.W016",
        )
    ]


def check_user_model(**kwargs: Any) -> list[CheckMessage]:
    length = get_user_model()._meta.pk.max_length
    if not length or length < KEY_LIMIT:
        return []
    return [
        Error(
            f"The primary key of {get_user_model()._meta.label} has up to {length} characters, and a person's key at most {KEY_LIMIT - 1}.",
            hint="Give the user model a shorter primary key.",
            id="zashiki.E017",
        )
    ]
