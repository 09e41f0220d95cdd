"""The working state of one transaction: rooms locked in order, versions taken, rows written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connections
from django.utils import timezone

from zashiki.errors import NotFound
from zashiki.models import (
    NAME_KEYS,
    STATE_FIELDS,
    Mention,
    Message,
    Revision,
    Room,
    SystemState,
    Versioned,
    room_version_of,
)
from zashiki.people.sessions import reload_person
from zashiki.person import Person
from zashiki.writer.changes import Change, PostMessage
from zashiki.writer.kept_revisions import forget_excess
from zashiki.writer.membership_writes import MembershipWrites
from zashiki.writer.thread_writes import ThreadWrites


class WriteTransaction:
    """Made by `store`, inside the transaction, with the rooms' rows locked.

    Attributes:
        now: the moment of everything in it.
        rights: the house's clock of rights.
        memberships, threads: what is written there in the same transaction.
    """

    def __init__(self, using: str, changes: Sequence[Change]) -> None:
        self.using = using
        self.now: datetime = timezone.now()
        self._rooms = _rooms(using, changes)
        self.permissions_version: int = SystemState.current_permissions_version(using)
        self._by_nonce = self._known_nonces(changes)
        self._by_id = self._known_messages(changes)
        self.memberships = MembershipWrites(using, self._rooms, changes)
        self.threads = ThreadWrites(using, self.now)
        self.added: list[Message] = []
        self.changed: dict[int, Message] = {}
        self.changed_rooms: dict[int, Room] = {}
        self._people: dict[tuple[str, str | None], Person | None] = {}
        self._fields: dict[int, set[str]] = {}
        self._revisions: list[Revision] = []
        self._without_revisions: list[Message] = []
        self._mentions_changed: dict[int, Message] = {}

    def room(self, room_id: int) -> Room:
        if room_id not in self._rooms:
            raise NotFound
        return self._rooms[room_id]

    def person_now(self, person: Person, session_key: str | None) -> Person | None:
        """Somebody whose rights have to be asked for again, with the account as it is now; ``None`` when they are not signed in any more."""
        known = person.key, session_key
        if known not in self._people:
            self._people[known] = reload_person(person, session_key)
        return self._people[known]

    def message(self, message_id: int) -> Message | None:
        return self._by_id.get(message_id)

    def message_with_nonce(self, post: PostMessage) -> Message | None:
        return self._by_nonce.get((post.room_id, post.author_key, post.nonce))

    def add(self, post: PostMessage, quoted: Message | None = None, root: Message | None = None) -> Message:
        """A new message at the room's next position and version."""
        room = self.room(post.room_id)
        message = Message(
            room=room,
            position=room.take_position(),
            version=room.take_version(),
            author=post.person.user if post.person is not None else None,
            author_key=post.author_key,
            author_name=post.author_name,
            nonce=post.nonce,
            body=post.body,
            html=post.html,
            mentions=post.mentions,
            posted_at=self.now,
        )
        if quoted is not None:
            message.reply_to = quoted
            message.quoted = [quoted.position, quoted.author_key, quoted.author_name]
        if root is not None:
            message.thread, message.thread_position, message.in_room = root, root.position, post.in_room
        self.added.append(message)
        self._by_nonce[post.room_id, post.author_key, post.nonce] = message
        return message

    def change(self, message: Message, *fields: str) -> Message:
        """An existing message takes the room's next version; once in a transaction, since nobody sees what is between.

        Args:
            fields: the names of those that have changed.
        """
        if message.pk not in self.changed:
            message.version = self.room(message.room_id).take_version()
            self.changed[message.pk] = message
        self._fields.setdefault(message.pk, {"version"}).update(fields)
        return message

    def change_room(self, room: Room) -> Room:
        """The room itself takes its next version."""
        room.state_version = room.take_version()
        self.changed_rooms[room.pk] = room
        return room

    def set_mentions(self, message: Message, mentions: list[str]) -> None:
        """An existing message speaks to others than it did."""
        if message.mentions != mentions:
            message.mentions = mentions
            self._mentions_changed[message.pk] = message

    def keep_revision(self, message: Message) -> None:
        """Keep the text that a message has now."""
        written_at = message.edited_at or message.posted_at
        self._revisions.append(
            Revision(message=message, body=message.body, html=message.html, written_at=written_at)
        )

    def forget_revisions(self, message: Message) -> None:
        if message.edited_at is not None:
            self._without_revisions.append(message)

    def write(self) -> None:
        Message.objects.using(self.using).bulk_create(self.added)
        for pk, message in self.changed.items():
            message.save(using=self.using, update_fields=self._fields[pk])
        self._write_mentions()
        self._write_revisions()
        self.memberships.write()
        self.threads.write()
        self._write_rooms()

    def publishable(self) -> list[Versioned]:
        """What was added and changed, each message and room once, by room and version."""
        return sorted(
            [*self.added, *self.changed.values(), *self.changed_rooms.values()], key=room_version_of
        )

    # Private

    def _write_mentions(self) -> None:
        mentions = Mention.objects.using(self.using)
        if self._mentions_changed:
            mentions.filter(message__in=list(self._mentions_changed)).delete()
        spoken = [
            Mention(message=message, room_id=message.room_id, key=key, position=message.position)
            for message in (*self.added, *self._mentions_changed.values())
            for key in message.mentions
        ]
        if spoken:
            mentions.bulk_create(spoken)

    def _write_revisions(self) -> None:
        revisions = Revision.objects.using(self.using)
        if self._revisions:
            revisions.bulk_create(self._revisions)
            forget_excess(self.using, {revision.message_id for revision in self._revisions})
        if self._without_revisions:
            revisions.filter(message__in=self._without_revisions).delete()

    def _write_rooms(self) -> None:
        for room in self.changed_rooms.values():
            room.save(using=self.using, update_fields=["state_version", *STATE_FIELDS, *NAME_KEYS])
        touched = {*self.changed_rooms} | {
            message.room_id for message in (*self.added, *self.changed.values())
        }
        clocks = [(self._rooms[pk].version, self._rooms[pk].position, pk) for pk in sorted(touched)]
        if clocks:
            with connections[self.using].cursor() as cursor:
                cursor.executemany(
                    f"UPDATE {Room._meta.db_table} SET version = %s, position = %s WHERE id = %s", clocks
                )

    def _known_nonces(self, changes: Sequence[Change]) -> dict[tuple[int, str, str], Message]:
        posts = [each for each in changes if isinstance(each, PostMessage)]
        if not posts:
            return {}
        found = Message.objects.using(self.using).filter(
            room_id__in={each.room_id for each in posts},
            author_key__in={each.author_key for each in posts},
            nonce__in={each.nonce for each in posts},
        )
        return {(message.room_id, message.author_key, message.nonce): message for message in found}

    def _known_messages(self, changes: Sequence[Change]) -> dict[int, Message]:
        """Those that the changes are about, and the roots of the threads that these are in."""
        ids = {message_id for each in changes for message_id in each.message_ids()}
        if not ids:
            return {}
        messages = Message.objects.using(self.using).select_related("room")
        found = messages.in_bulk(ids)
        if roots := {message.thread_id for message in found.values()} - found.keys() - {None}:
            found.update(messages.in_bulk(roots))
        return found


def _rooms(using: str, changes: Sequence[Change]) -> dict[int, Room]:
    """The rooms in question; those whose clock will move are locked."""
    rooms = Room.objects.using(using)
    moving = {each.room_id for each in changes if each.bumps_version}
    others = {each.room_id for each in changes} - moving
    found = rooms.in_bulk(others) if others else {}
    if moving:
        found.update((room.pk, room) for room in rooms.locked(moving))
    return found
