"""Who can be spoken to in a room, while somebody types a name. Synchronous."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.db.models import Q, QuerySet

from zashiki import conf, user_model
from zashiki.messages.mention_syntax import EVERYBODY
from zashiki.models import Membership, Message
from zashiki.person import Person, user_key
from zashiki.policy import name_of_user, policy

SUGGESTIONS_LIMIT = 20  # people in an answer
CANDIDATES_LIMIT = 200  # members, or messages of visitors, of which the likeliest are taken


def suggest_people(person: Person, room_id: int, query: str) -> dict[str, Any]:
    """Those whose name or one of its words begins like `query`, or whose account has just this name; who posted last comes first.

    An account's name is how one signs in, and not shown: it must be known, and is not guessed letter by letter.

    Returns:
        ``{"people": [{"id", "name"}, ...], "everybody": how many people a mention of the room reaches}``.
    """
    members = members_seen_by(person, user_model.active(Membership.objects.filter(room_id=room_id), "user"))
    wanted = query.casefold().strip()
    found = _first(_candidates(members, room_id, wanted), wanted)
    return {
        "people": [{"id": key, "name": name} for key, name in found.items() if key != person.key],
        "everybody": _count(members.exclude(user=person.user) if person.user is not None else members),
        "key": EVERYBODY,
    }


def _count(members: QuerySet[Membership]) -> int:
    if user_model.knows_active():
        return members.count()
    return sum(user_model.is_active(member.user) for member in members.select_related("user"))


def members_seen_by(person: Person, members: QuerySet[Membership]) -> QuerySet[Membership]:
    """Those of a room's members who are shown to somebody: who may not see the people of the house sees who has spoken there."""
    if policy().can_list_people(person):
        return members
    return members.filter(Q(posted_position__gt=0) | Q(user=None if person.user is None else person.user.pk))


def _candidates(members: QuerySet[Membership], room_id: int, wanted: str) -> Iterator[tuple[str, str, str]]:
    """Key, name and account's name of everybody who may match, likeliest first."""
    ordered = members.select_related("user__zashiki_profile").order_by("-posted_position", "pk")
    for member in ordered.filter(_like(wanted))[:CANDIDATES_LIMIT]:
        if not user_model.is_active(member.user):
            continue
        yield user_key(member.user_id), name_of_user(member.user), user_model.username(member.user)
    if conf.get("ALLOW_VISITORS"):
        posts = Message.objects.filter(room_id=room_id).order_by("-position")
        for key, name in posts.values_list("author_key", "author_name")[:CANDIDATES_LIMIT]:
            if key.startswith("v"):
                yield key, name, ""


def _first(candidates: Iterable[tuple[str, str, str]], wanted: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, name, account in candidates:
        if key not in found and _matches(wanted, name, account):
            found[key] = name
            if len(found) > SUGGESTIONS_LIMIT:
                break
    return found


def _matches(wanted: str, name: str, account: str) -> bool:
    name = name.casefold()
    return name.startswith(wanted) or f" {wanted}" in f" {name}" or account.casefold() == wanted


def _like(wanted: str) -> Q:
    """As much of the question as the database can answer; the site's own way of naming people is asked afterwards."""
    like = Q()
    if wanted and not policy().overrides("display_name"):
        for column in _named_by():
            like |= Q(**{f"user__{column}__icontains": wanted.split()[0]})
    return like


def _named_by() -> list[str]:
    """The columns of which `Policy.display_name` makes a user's name; none where only the site's user model can tell.

    A user model with a ``get_full_name`` of its own names the columns it reads in ``full_name_columns``.
    """
    user = get_user_model()
    if getattr(user, "get_full_name", None) in (None, AbstractUser.get_full_name):
        held = {field.name for field in user._meta.get_fields()} & {"first_name", "last_name"}
    else:
        held = set(getattr(user, "full_name_columns", ()))
        if not held:
            return []
    return ["zashiki_profile__name", *user_model.text_columns([user.USERNAME_FIELD, *held])]
