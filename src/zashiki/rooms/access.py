"""The door of a room: who may come in, asked of the policy and the accounts. Synchronous."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError

from zashiki import user_model
from zashiki.errors import NotFound
from zashiki.models import Kind, Role, Room
from zashiki.models.lookup import get_row
from zashiki.models.primary import atomic
from zashiki.people.sessions import living, reload_person
from zashiki.person import Person, user_key
from zashiki.policy import Policy, policy
from zashiki.rooms import direct, members

SessionKey = tuple[Person, str | None]  # a person, and the key of the session that said so

SAME_NAME_LIMIT = 20  # private rooms of one name that the policy of a site is asked for


@dataclass(frozen=True, slots=True)
class RoomAccess:
    """What somebody may do in a room at this moment."""

    can_read: bool
    can_post: bool = False
    can_react: bool = False
    can_pin: bool = False
    can_moderate: bool = False

    def to_wire(self) -> dict[str, bool]:
        """As much of it as the wire and the pages tell."""
        return {"post": self.can_post, "react": self.can_react, "pin": self.can_pin}


@dataclass(frozen=True, slots=True)
class OpenedRoom:
    """Somebody was let in: the room as the wire shows it, and what they may do there."""

    room_id: int
    room: dict[str, Any]
    access: RoomAccess


def open_room(
    person: Person, wanted: int | str, pay_for_room: Callable[[], None] | None = None
) -> OpenedRoom:
    """Let somebody into a room, by its id or its address; a new address opens a new room where the policy allows it.

    Args:
        pay_for_room: called before a new room is made; refuses with `RateLimited` when this person has made too many.

    Raises:
        NotFound: there is no such room, or none that this person may see.
        Invalid: this cannot be a room's name.
    """
    room = room_with_id(person, wanted) if isinstance(wanted, int) else _by_name(person, wanted, pay_for_room)
    if room is None:
        raise NotFound
    access = access_to(person, room)
    if not access.can_read:
        raise NotFound
    return OpenedRoom(room.pk, room_state(room, person), access)


def room_with_id(person: Person | None, room_id: int) -> Room | None:
    """The room of this id, if this person may read it. For one that does not exist the tables are asked as often as for one that is closed to them."""
    room, rules = get_row(Room, id=room_id), policy()
    if room is None:
        rules.membership(person, Room(pk=room_id))
        return None
    return room if rules.can_read(person, room) else None


def room_called(person: Person | None, name: str) -> Room:
    """The room that somebody means by a name: the open one, a private one that they may read, or a new, unsaved one.

    Raises:
        Invalid: this is no name of a room.
    """
    room = Room.objects.named(name)
    return room if room.pk is not None else _private_room(person, room.name) or room


def _private_room(person: Person | None, name: str | None) -> Room | None:
    rooms, rules = Room.objects.filter(name=name, kind=Kind.PRIVATE).order_by("pk"), policy()
    if not rules.overrides("can_read"):  # there a membership is the right
        if person is None or person.user is None:
            return None
        rooms = rooms.filter(memberships__user=person.user)
    return next((room for room in rooms[:SAME_NAME_LIMIT] if rules.can_read(person, room)), None)


def access_now(person: Person, room_id: int) -> RoomAccess:
    """Asked anew: with the account as it is now, and the room as it is now."""
    return access_for_many([(person, room_id)])[person.key, room_id]


def access_for_many(asked: Collection[tuple[Person, int]]) -> dict[tuple[str, int], RoomAccess]:
    """The same for many at once, by person's key and room's id: in three queries, as far as the site's policy leaves it at that."""
    rooms = Room.objects.in_bulk({room_id for _, room_id in asked})
    users = {user_key(user.pk): user for user in user_model.active_users(person.key for person, _ in asked)}
    with ExitStack() as stack:
        for room in rooms.values():
            stack.enter_context(room.cache_memberships(users.values()))
        return {
            (person.key, room_id): _access_now(person, users.get(person.key), rooms.get(room_id))
            for person, room_id in asked
        }


def _access_now(person: Person, user: Any, room: Room | None) -> RoomAccess:
    if room is None or (user is None and not person.is_visitor):
        return RoomAccess(False)
    return _access(policy(), person if user is None else Person(person.key, person.name, user), room)


def access_to(person: Person | None, room: Room) -> RoomAccess:
    rules = policy()
    with room.cache_memberships():
        return _access(rules, person, room)


def _access(rules: Policy, person: Person | None, room: Room) -> RoomAccess:
    if not rules.can_read(person, room):
        return RoomAccess(False)
    if person is None:  # somebody unknown cannot sign what they do
        return RoomAccess(True)
    return RoomAccess(
        True,
        rules.can_post(person, room),
        rules.can_react(person, room),
        rules.can_pin(person, room),
        rules.can_moderate(person, room),
    )


def room_state(room: Any, person: Person | None = None) -> dict[str, Any]:
    """The room as the wire and the pages show it; titled for somebody, where it is called differently for each."""
    state = {**room.state(), "version": room.version, "position": room.position}
    return state if person is None else {**state, "title": direct.titles([room], person)[room.pk]}


def ended_sessions(known: set[SessionKey]) -> set[SessionKey]:
    """Which of these stand for nobody any more: account closed, signed out, password changed, or not let in by the policy."""
    return {each for each in known if (now := reload_person(*each)) is None or not policy().can_access(now)}


def missing_sessions(known: set[SessionKey]) -> set[SessionKey]:
    """The same, as far as two queries for all of them tell: accounts that were closed and sessions that were deleted."""
    active = {user_key(user.pk) for user in user_model.active_users(person.key for person, _ in known)}
    alive = living({session for _, session in known if session is not None})
    return {
        each
        for each in known
        if each[0].key not in active or (alive is not None and each[1] and each[1] not in alive)
    }


def _by_name(person: Person, name: str, pay_for_room: Callable[[], None] | None) -> Room:
    room = room_called(person, name)
    if room.pk is not None:
        return room
    if not policy().can_create_room_by_address(person, room.name):
        raise NotFound
    room = room.or_created_meanwhile()
    if room.pk is not None:
        return room
    if pay_for_room is not None:
        pay_for_room()
    try:
        with atomic():
            room.save()
            if person.user is not None:
                members.add(room, person.user, Role.OWNER)
    except IntegrityError:  # somebody else opened it in the same moment
        return room.or_created_meanwhile()
    return room
