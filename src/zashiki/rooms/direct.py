"""Direct rooms: a fixed set of people, and the same set is always the same room."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

from django.utils.translation import gettext as _

from zashiki.errors import Forbidden, Invalid
from zashiki.models import Involvement, Kind, Membership, Room
from zashiki.models.primary import atomic
from zashiki.models.room import RoomDisplay
from zashiki.people.profiles import display_names
from zashiki.person import Person, user_key
from zashiki.policy import policy
from zashiki.rooms import notify
from zashiki.rooms.authorization import check_own, check_right
from zashiki.text.bidi import isolated

PEOPLE_LIMIT = 20  # in one room, so that its title can name them


def get_or_create(users: Iterable[Any], *, by: Person | None = None) -> Room:
    """The room of exactly these users, made on first use.

    Args:
        by: who wants to talk to the others, of whom the policy is asked; ``None`` for the site itself.

    Raises:
        Forbidden: this person may not see the others, or is not among them.
        Invalid: fewer than two, or too many.
    """
    check_right(by, policy().can_list_people)
    by_key = {user_key(user.pk): user for user in users}
    if by is not None and by.key not in by_key:
        raise Forbidden
    if len(by_key) < 2:
        raise Invalid(_("Choose at least one person to message."))
    if len(by_key) > PEOPLE_LIMIT:
        raise Invalid(_("A direct message can have at most %(limit)d people.") % {"limit": PEOPLE_LIMIT})
    people = joined(by_key)
    with atomic():
        digest = hashlib.sha256(people.encode()).hexdigest()
        room, is_new = Room.objects.get_or_create(
            people_digest=digest, defaults={"participant_keys": people, "kind": Kind.DIRECT}
        )
        if is_new:
            Membership.objects.bulk_create(Membership(room=room, user=user) for user in by_key.values())
            notify.room_list_changed(user.pk for user in by_key.values())
    return room


def unhide(room: Room, user: Any, *, by: Person | None = None) -> None:
    """Put a hidden room back into its own person's list. Raises `Forbidden` for anybody else."""
    check_own(by, user)
    hidden = Membership.objects.filter(room=room, user=user, involvement=Involvement.HIDDEN)
    if hidden.update(involvement=Involvement.EVERYTHING):
        notify.room_list_changed([user.pk])


def joined(keys: Iterable[str]) -> str:
    """People's keys as one text; a key may have any character, so what separates them is percent-encoded."""
    return ",".join(sorted(key.replace("%", "%25").replace(",", "%2C") for key in keys))


def parted(people: str) -> list[str]:
    """The keys in a text that `joined` made."""
    return [unquote(key) for key in people.split(",")] if people else []


def titles(rooms: Iterable[RoomDisplay], person: Person | None) -> dict[int, str]:
    """What each of these rooms is called, for somebody: a direct room by the names of the others. One query at most.

    Returns:
        Titles by the rooms' ids.
    """
    rooms = list(rooms)
    others = {room.pk: _others(room, person) for room in rooms if room.participant_keys}
    names = display_names({key for keys in others.values() for key in keys}) if others else {}
    return {room.pk: _title(others[room.pk], names) if room.pk in others else room.title for room in rooms}


def _others(room: RoomDisplay, person: Person | None) -> list[str]:
    keys = parted(room.participant_keys or "")
    return [key for key in keys if person is None or key != person.key]


def _title(keys: list[str], names: dict[str, str]) -> str:
    found = sorted((names.get(key) or _("Deleted user") for key in keys), key=str.casefold)
    return found[0] if len(found) == 1 else ", ".join(map(isolated, found))
