"""How people are shown: name, status, picture. One query for many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from zashiki import user_model
from zashiki.models import Profile
from zashiki.person import user_key
from zashiki.policy import name_of_user


@dataclass(frozen=True, slots=True)
class ProfileCard:
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
    avatar: str = ""


def active_users() -> QuerySet[Any]:
    """Everybody who may sign in, as far as the database can tell (`user_model.active`), with their profiles."""
    return user_model.active(user_model.users()).select_related("zashiki_profile__avatar")


def profile_card(user: Any) -> ProfileCard:
    """A user as shown; costs no query for one of `users`."""
    profile = getattr(user, "zashiki_profile", None)
    avatar = profile.avatar if profile is not None else None
    return ProfileCard(
        user.pk,
        user_key(user.pk),
        name_of_user(user),
        profile.status if profile is not None else "",
        reverse("zashiki:avatar", args=[avatar.digest]) if avatar is not None else "",
    )


def profile_cards(people: Iterable[Any]) -> list[ProfileCard]:
    """Those of these users whose accounts are open, as shown, by name."""
    return sorted(
        map(profile_card, filter(user_model.is_active, people)), key=lambda each: each.name.casefold()
    )


def avatar_urls() -> dict[str, str]:
    """The addresses of people's pictures, by their keys; who has none is drawn by initials."""
    found = user_model.active(Profile.objects.filter(avatar__isnull=False), "user")
    if not user_model.knows_active():
        found = found.select_related("user")
        found = found.filter(pk__in=[each.pk for each in found if user_model.is_active(each.user)])
    digests = found.values_list("user_id", "avatar__digest")
    return {user_key(pk): reverse("zashiki:avatar", args=[digest]) for pk, digest in digests}


def display_names(keys: Iterable[str]) -> dict[str, str]:
    """The names of users by their keys, whether they may still sign in or not; who is gone is left out."""
    found = user_model.users().filter(pk__in=user_model.pks_of(keys)).select_related("zashiki_profile")
    return {user_key(user.pk): name_of_user(user) for user in found}
