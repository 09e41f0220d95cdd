"""Who may do what. One class, replaceable by the setting ``ZASHIKI_POLICY``."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.utils.module_loading import import_string

from zashiki import conf
from zashiki.models import Kind, Membership, Message, Role, Room
from zashiki.people import Person


class Policy:
    """The rules of the house; a site overrides what differs.

    All methods are synchronous and may query the database. `person` is ``None`` for somebody unknown. When a right that a method
    once granted ends, say so with `zashiki.rights.end`, so that seats are taken away at once.
    """

    def can_visit(self, person: Person | None) -> bool:
        """Whether this person may be here at all: every user, and visitors where the site welcomes them."""
        return person is not None and (not person.is_visitor or conf.get("VISITORS"))

    def can_read(self, person: Person | None, room: Room) -> bool:
        """Whether this person may sit in the room and read its history."""
        if not self.can_visit(person):
            return False
        return room.kind == Kind.OPEN or self.membership(person, room) is not None

    def can_post(self, person: Person | None, room: Room) -> bool:
        return self.can_read(person, room)

    def can_edit(self, person: Person, message: Message) -> bool:
        return message.author_key == person.key

    def can_delete(self, person: Person, message: Message) -> bool:
        return message.author_key == person.key or self.can_moderate(person, message.room)

    def can_moderate(self, person: Person, room: Room) -> bool:
        """Whether this person may delete what others said and take people out of the room."""
        if person.user is not None and person.user.is_active and getattr(person.user, "is_superuser", False):
            return True
        membership = self.membership(person, room)
        return membership is not None and membership.role in {Role.OWNER, Role.MODERATOR}

    def can_make_room(self, person: Person | None) -> bool:
        """Whether this person may make a room and be its owner: every user."""
        return person is not None and not person.is_visitor and self.can_visit(person)

    def can_open_room(self, person: Person | None, name: str) -> bool:
        """Whether going to an address where no room is yet opens one, as in the Channels tutorial: where visitors are welcome."""
        return self.can_visit(person) and conf.get("VISITORS")

    def name_of(self, user: Any) -> str:
        """Under which name a user of the site talks."""
        return (user.get_full_name() if hasattr(user, "get_full_name") else "") or user.get_username()

    def membership(self, person: Person | None, room: Room) -> Membership | None:
        if person is None or person.user is None or room.pk is None:
            return None
        return Membership.objects.filter(room=room, user=person.user).first()


def policy() -> Policy:
    """The site's policy."""
    return _policy(conf.get("POLICY"))


@lru_cache(maxsize=4)
def _policy(path: str) -> Policy:
    made: Policy = import_string(path)()
    return made
