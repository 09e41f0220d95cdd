"""Who may do what. One class, replaceable by the setting ``ZASHIKI_POLICY``."""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import Any

from django.db import DatabaseError
from django.utils.module_loading import import_string

from zashiki import conf, strict_policy, user_model
from zashiki.models import Kind, Membership, Message, PostingRule, Role, Room
from zashiki.models.lookup import get_row
from zashiki.person import Person
from zashiki.text.names import shown_name

log = logging.getLogger("zashiki.policy")

SHOWN_NAME_LIMIT = 150  # characters; a message keeps its author's name as long as this


class Policy:
    """The rules of the house; a site overrides what differs.

    All methods are synchronous and may query the database; each right is ``True`` or ``False``, and anything else raises an error.
    `person` is ``None`` for somebody unknown. When a right that a method once granted ends, say so with `zashiki.permissions.invalidate`, so
    that connections are taken away at once.

    What follows from what need not be repeated: nobody has any right who may not `can_access`, and nobody has a right in a room
    who may not `can_read` it. Nobody has any right whose account was closed.
    """

    def can_access(self, person: Person | None) -> bool:
        """Whether this person may be here at all: every user, and visitors where the site welcomes them."""
        return person is not None and (not person.is_visitor or conf.get("ALLOW_VISITORS"))

    def can_read(self, person: Person | None, room: Room) -> bool:
        """Whether this person may sit in the room and read its history."""
        if not self.can_access(person):
            return False
        return room.kind == Kind.PUBLIC or self.membership(person, room) is not None

    def can_post(self, person: Person | None, room: Room) -> bool:
        if room.is_archived or not self.can_read(person, room):
            return False
        return room.posting == PostingRule.EVERYBODY or (
            person is not None and self.can_moderate(person, room)
        )

    def can_react(self, person: Person | None, room: Room) -> bool:
        """Whether this person may react to messages; in an announcement room those may who cannot post."""
        return not room.is_archived and self.can_read(person, room)

    def can_pin(self, person: Person | None, room: Room) -> bool:
        """Whether this person may pin and unpin messages: every user who may post, and no visitor."""
        return person is not None and not person.is_visitor and self.can_post(person, room)

    def can_join(self, person: Person | None, room: Room) -> bool:
        """Whether this person may become a member by themselves."""
        is_listed = room.kind == Kind.PUBLIC and not room.is_archived
        return is_listed and person is not None and not person.is_visitor and self.can_read(person, room)

    def can_leave(self, person: Person | None, room: Room) -> bool:
        """Whether this person may stop being a member; a direct room's set of people is fixed."""
        return room.kind != Kind.DIRECT and self.membership(person, room) is not None

    def can_edit(self, person: Person, message: Message) -> bool:
        return message.author_key == person.key

    def can_delete(self, person: Person, message: Message) -> bool:
        return message.author_key == person.key or self.can_moderate(person, message.room)

    def can_moderate(self, person: Person, room: Room) -> bool:
        """Whether this person may delete what others said, bring people into the room and take them out."""
        if self.is_admin(person):
            return room.kind != Kind.DIRECT
        return self._role(person, room) in {Role.OWNER, Role.MODERATOR}

    def can_manage(self, person: Person, room: Room) -> bool:
        """Whether this person may rename, describe, open, close and archive the room, and say who has which role."""
        if room.kind == Kind.DIRECT:
            return False
        return self.is_admin(person) or self._role(person, room) == Role.OWNER

    def can_invite(self, person: Person | None, room: Room | None = None) -> bool:
        """Whether this person may make links that let others in: into a room, or (``None``) into the house."""
        if person is None or person.is_visitor:
            return False
        if room is None:
            return self.is_admin(person)
        return room.kind != Kind.DIRECT and not room.is_archived and self.can_moderate(person, room)

    def is_admin(self, person: Person | None) -> bool:
        """Whether this person may do in every room what its owner may, and let people into the house."""
        user = None if person is None else person.user
        return user is not None and user_model.is_active(user) and bool(getattr(user, "is_superuser", False))

    def can_list_people(self, person: Person | None) -> bool:
        """Whether this person may see who has an account here, and talk to them directly."""
        return person is not None and not person.is_visitor and self.can_access(person)

    def can_create_room(self, person: Person | None) -> bool:
        """Whether this person may make a room and be its owner: every user."""
        return person is not None and not person.is_visitor and self.can_access(person)

    def can_create_room_by_address(self, person: Person | None, name: str) -> bool:
        """Whether going to an address where no room is yet opens one, as in the Channels tutorial: where visitors are welcome."""
        return self.can_access(person) and conf.get("ALLOW_VISITORS")

    def display_name(self, user: Any) -> str:
        """Under which name a user of the site talks: the profile's, or else the account's.

        What it returns is shown as plain text, html too, and cut to 150 characters.
        """
        profile = getattr(user, "zashiki_profile", None)
        if profile is not None and profile.name:
            return str(profile.name)
        return (user.get_full_name() if hasattr(user, "get_full_name") else "") or user_model.username(user)

    def membership(self, person: Person | None, room: Room) -> Membership | None:
        if person is None or person.user is None or room.pk is None:
            return None
        known = room._membership_cache
        if known is None:
            return _membership(room, person)
        if person.user.pk not in known:
            known[person.user.pk] = _membership(room, person)
        return known[person.user.pk]

    def _role(self, person: Person, room: Room) -> str | None:
        membership = self.membership(person, room)
        return None if membership is None else membership.role


def _membership(room: Room, person: Person) -> Membership | None:
    return get_row(Membership, room=room.pk, user=person.user.pk)


def name_of_user(user: Any) -> str:
    """Under which name a user is shown: what the site's policy says, as plain text that can be shown.

    Where the policy gives nothing that can be shown, or fails for this user, it is the account's own name.
    """
    try:
        given = policy().display_name(user)
    except DatabaseError:
        raise
    except Exception:
        log.exception("the policy's display_name failed for the user %s", user.pk)
        given = None
    return shown_name(given, SHOWN_NAME_LIMIT) or _account_name(user)


def _account_name(user: Any) -> str:
    return shown_name(user.get_username(), SHOWN_NAME_LIMIT) or str(user.pk)


class Rules(Policy):
    """The one way to ask the site's policy: what `policy` returns.

    It asks first for what a right depends on (`can_access`, and in a room `can_read`), so that a policy which overrides one method
    cannot grant by it what another method refuses. Methods of the site's own are reached through it too.

    Args:
        site: the class that ``ZASHIKI_POLICY`` names.
    """

    def __init__(self, site: type[Policy]) -> None:
        self._class = site
        self._site: Policy = strict_policy.make(site)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._site, name)

    def overrides(self, name: str) -> bool:
        """Whether the site has a method of its own in the place of the one here."""
        return getattr(self._class, name) is not getattr(Policy, name) or name in vars(self._site)

    def can_access(self, person: Person | None) -> bool:
        user = None if person is None else person.user
        is_closed = user is not None and not user_model.is_active(user)
        return not is_closed and self._site.can_access(person)

    def can_read(self, person: Person | None, room: Room) -> bool:
        return self.can_access(person) and self._site.can_read(person, room)

    def can_post(self, person: Person | None, room: Room) -> bool:
        return self.can_read(person, room) and self._site.can_post(person, room)

    def can_react(self, person: Person | None, room: Room) -> bool:
        return self.can_read(person, room) and self._site.can_react(person, room)

    def can_pin(self, person: Person | None, room: Room) -> bool:
        return self.can_read(person, room) and self._site.can_pin(person, room)

    def can_join(self, person: Person | None, room: Room) -> bool:
        return self.can_read(person, room) and self._site.can_join(person, room)

    def can_leave(self, person: Person | None, room: Room) -> bool:
        return self.can_read(person, room) and self._site.can_leave(person, room)

    def can_edit(self, person: Person, message: Message) -> bool:
        return self.can_read(person, message.room) and self._site.can_edit(person, message)

    def can_delete(self, person: Person, message: Message) -> bool:
        return self.can_read(person, message.room) and self._site.can_delete(person, message)

    def can_moderate(self, person: Person, room: Room) -> bool:
        return self.can_read(person, room) and self._site.can_moderate(person, room)

    def can_manage(self, person: Person, room: Room) -> bool:
        return self.can_read(person, room) and self._site.can_manage(person, room)

    def can_invite(self, person: Person | None, room: Room | None = None) -> bool:
        may_see = self.can_access(person) if room is None else self.can_read(person, room)
        return may_see and self._site.can_invite(person, room)

    def is_admin(self, person: Person | None) -> bool:
        return self.can_access(person) and self._site.is_admin(person)

    def can_list_people(self, person: Person | None) -> bool:
        return self.can_access(person) and self._site.can_list_people(person)

    def can_create_room(self, person: Person | None) -> bool:
        return self.can_access(person) and self._site.can_create_room(person)

    def can_create_room_by_address(self, person: Person | None, name: str) -> bool:
        return self.can_access(person) and self._site.can_create_room_by_address(person, name)

    def display_name(self, user: Any) -> str:
        return self._site.display_name(user)

    def membership(self, person: Person | None, room: Room) -> Membership | None:
        return self._site.membership(person, room)


def policy() -> Rules:
    """The site's policy."""
    return _policy(conf.get("POLICY"))


@lru_cache(maxsize=4)
def _policy(path: str) -> Rules:
    return Rules(import_string(path))
