"""How people are shown: name, status, picture. One query for many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from zashiki import accounts
from zashiki.models import Profile
from zashiki.people import key_of_user
from zashiki.policy import name_of_user


@dataclass(frozen=True, slots=True)
class Card:
    """One user of the site, as the pages show them.

    Attributes:
        pk: the user's primary key.
        key: the person's key.
        picture: address of the picture; empty for drawn initials.
    """

    pk: Any
    key: str
    name: str
    status: str = ""
    picture: str = ""


def users() -> QuerySet[Any]:
    """Everybody who may sign in, as far as the database can tell (`accounts.active`), with their profiles."""
    return accounts.active(accounts.users()).select_related("zashiki_profile__picture")


def card(user: Any) -> Card:
    """A user as shown; costs no query for one of `users`."""
    profile = getattr(user, "zashiki_profile", None)
    picture = profile.picture if profile is not None else None
    return Card(
        user.pk,
        key_of_user(user.pk),
        name_of_user(user),
        profile.status if profile is not None else "",
        reverse("zashiki:picture", args=[picture.digest]) if picture is not None else "",
    )


def cards(people: Iterable[Any]) -> list[Card]:
    """Those of these users whose accounts are open, as shown, by name."""
    return sorted(map(card, filter(accounts.is_active, people)), key=lambda each: each.name.casefold())


def faces() -> dict[str, str]:
    """The addresses of people's pictures, by their keys; who has none is drawn by initials."""
    found = accounts.active(Profile.objects.filter(picture__isnull=False), "user")
    if not accounts.knows_active():
        found = found.select_related("user")
        found = found.filter(pk__in=[each.pk for each in found if accounts.is_active(each.user)])
    digests = found.values_list("user_id", "picture__digest")
    return {key_of_user(pk): reverse("zashiki:picture", args=[digest]) for pk, digest in digests}


def names_of(keys: Iterable[str]) -> dict[str, str]:
    """The names of users by their keys, whether they may still sign in or not; who is gone is left out."""
    found = accounts.users().filter(pk__in=accounts.pks_of(keys)).select_related("zashiki_profile")
    return {key_of_user(user.pk): name_of_user(user) for user in found}
