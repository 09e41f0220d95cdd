"""The verbs of rooms: each is stored, takes a version and is shown, and ends the rights that end with it.

Verbs come in pairs that undo each other. Each takes ``by``: the person who does it, of whom the policy is asked, or ``None`` for the site
itself. All of them raise `Forbidden` for whoever may not do this.
"""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from zashiki import permissions
from zashiki.errors import Invalid, TooLong
from zashiki.models import DESCRIPTION_LIMIT, Kind, PostingRule, Role, Room, clean_room_name
from zashiki.models.primary import atomic
from zashiki.person import Person
from zashiki.policy import policy
from zashiki.rooms import members, notify
from zashiki.rooms.authorization import check_own, check_right
from zashiki.text.visible_text import has_visible_text
from zashiki.writer.sync import change_room


def create(
    user: Any,
    name: str,
    *,
    kind: str = Kind.PUBLIC,
    description: str = "",
    posting: str = PostingRule.EVERYBODY,
    by: Person | None = None,
) -> Room:
    """A new room, whose owner is the user.

    Raises:
        Invalid: this is no name, or another room has it or one that looks like it.
        TooLong: the description.
    """
    check_own(by, user)
    check_right(by, policy().can_create_room)
    if kind not in {Kind.PUBLIC, Kind.PRIVATE} or posting not in PostingRule.values:
        raise Invalid(_("Unknown kind of room."))
    name = _free_name(name, Room(kind=kind))
    try:
        with atomic():
            room = Room.objects.create(
                name=name, kind=kind, description=clean_description(description), posting=posting
            )
            members.add(room, user, Role.OWNER)
    except IntegrityError:
        raise _taken() from None
    return room


def rename(room: Room, name: str, *, by: Person | None = None) -> Room:
    """Give the room another address. The old one may be taken by another room.

    Raises:
        Invalid: this is no name, another room has it or one that looks like it, or the room has no address at all.
    """
    if room.name is None:
        raise Invalid(_("This room takes its name from another object and cannot be renamed."))
    check_right(by, policy().can_manage, room)
    try:
        return _change(room, by, name=_free_name(name, room))
    except IntegrityError:
        raise _taken() from None


def describe(room: Room, description: str, *, by: Person | None = None) -> Room:
    """Say what the room is for; empty for nothing. Raises `TooLong`."""
    return _change(room, by, description=clean_description(description))


def make_private(room: Room, *, by: Person | None = None) -> Room:
    """From now on for members alone; whoever else sits in it gets up."""
    return _change(_with_address(room), by, kind=Kind.PRIVATE)


def make_public(room: Room, *, by: Person | None = None) -> Room:
    """From now on for everybody who may visit the site. Raises `Invalid` when another open room has its name, or one that looks like it."""
    check_right(by, policy().can_manage, room)
    Room(pk=room.pk, name=_with_address(room).name, kind=Kind.PUBLIC).check_name()
    try:
        return _change(room, by, kind=Kind.PUBLIC)
    except IntegrityError:
        raise _taken() from None


def restrict_posting(room: Room, *, by: Person | None = None) -> Room:
    """A room for announcements: only owners and moderators post."""
    return _change(room, by, posting=PostingRule.MODERATORS)


def allow_posting(room: Room, *, by: Person | None = None) -> Room:
    """Everybody who may read may post."""
    return _change(room, by, posting=PostingRule.EVERYBODY)


def archive(room: Room, *, by: Person | None = None) -> Room:
    """Out of the lists, to be read and never changed."""
    check_right(by, policy().can_manage, room)
    return room if room.is_archived else _change(room, by, archived_at=timezone.now())


def unarchive(room: Room, *, by: Person | None = None) -> Room:
    """Back into use."""
    return _change(room, by, archived_at=None)


def clean_description(text: str) -> str:
    """A description as it is kept: one line, empty when nothing of it can be seen. Raises `TooLong`."""
    description = " ".join(text.replace("\x00", "").split())
    if not has_visible_text(description):
        return ""
    if len(description) > DESCRIPTION_LIMIT:
        raise TooLong(_("Descriptions can have at most %(limit)d characters.") % {"limit": DESCRIPTION_LIMIT})
    return description


def _change(room: Room, by: Person | None, **fields: Any) -> Room:
    with atomic():
        changed = change_room(room, by=by, **fields)
        if not fields.keys().isdisjoint({"kind", "posting", "archived_at"}):
            permissions.invalidate(room=room)
        notify.room_list_changed_for_members(room)
    return changed


def _with_address(room: Room) -> Room:
    if room.name is None:
        raise Invalid(_("Only a room with its own address can be made public or private."))
    return room


def _free_name(name: str, room: Room) -> str:
    """A name for a room as it is kept. Raises `Invalid` when this is an open room and another has it, or one that looks like it."""
    name = clean_room_name(name)
    Room(pk=room.pk, name=name, kind=room.kind).check_name()
    return name


def _taken() -> Invalid:
    return Invalid(_("A room with this name already exists."))
