"""One transaction: rooms locked in order, versions taken, rows written, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import DatabaseError, InterfaceError, OperationalError, router, transaction
from django.utils import timezone

from zashiki.errors import NotFound, ZashikiError
from zashiki.models import STATE_FIELDS, Changed, House, Message, Room, clock_of
from zashiki.writer.changes import Change, PostMessage

Outcome = Changed | Exception


class Ledger:
    """The working state of one transaction. Made by `store`, inside the transaction, with the rooms' rows locked.

    Attributes:
        now: the moment of everything in it.
        rights: the house's clock of rights.
    """

    def __init__(self, using: str, changes: Sequence[Change]) -> None:
        self.using = using
        self.now: datetime = timezone.now()
        self._rooms = {room.pk: room for room in Room.objects.using(using).locked({each.room_id for each in changes})}
        self.rights: int = House.objects.using(using).values_list("rights", flat=True).filter(pk=1).first() or 0
        self._by_nonce = self._known_nonces(changes)
        self._by_id = self._known_messages(changes)
        self.added: list[Message] = []
        self.changed: dict[int, Message] = {}
        self.changed_rooms: dict[int, Room] = {}

    def room(self, room_id: int) -> Room:
        if room_id not in self._rooms:
            raise NotFound
        return self._rooms[room_id]

    def message(self, message_id: int) -> Message | None:
        return self._by_id.get(message_id)

    def message_with_nonce(self, post: PostMessage) -> Message | None:
        return self._by_nonce.get((post.room_id, post.author_key, post.nonce))

    def add(self, post: PostMessage) -> Message:
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
            reply_to_id=post.reply_to,
            posted_at=self.now,
        )
        self.added.append(message)
        self._by_nonce[post.room_id, post.author_key, post.nonce] = message
        return message

    def change(self, message: Message) -> Message:
        """An existing message takes the room's next version."""
        message.version = self.room(message.room_id).take_version()
        self.changed[message.pk] = message
        return message

    def change_room(self, room: Room) -> Room:
        """The room itself takes its next version."""
        room.state_version = room.take_version()
        self.changed_rooms[room.pk] = room
        return room

    def write(self) -> None:
        Message.objects.using(self.using).bulk_create(self.added)
        for message in self.changed.values():
            message.save(
                using=self.using, update_fields=["version", "body", "html", "reactions", "edited_at", "deleted_at"]
            )
        for room in self.changed_rooms.values():
            room.save(using=self.using, update_fields=["state_version", *STATE_FIELDS])
        touched = {*self.changed_rooms} | {message.room_id for message in (*self.added, *self.changed.values())}
        for room_id in sorted(touched):
            room = self._rooms[room_id]
            Room.objects.using(self.using).filter(pk=room_id).update(version=room.version, position=room.position)

    def news(self) -> list[Changed]:
        """What was added and changed, each message and room once, by room and version."""
        latest = {message.pk: message for message in (*self.added, *self.changed.values())}
        return sorted([*latest.values(), *self.changed_rooms.values()], key=clock_of)

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
        ids = {message_id for each in changes for message_id in each.about()}
        if not ids:
            return {}
        return Message.objects.using(self.using).select_related("room").in_bulk(ids)


def store(changes: Sequence[Change]) -> tuple[list[Outcome], list[Changed]]:
    """Store changes in one transaction (or within the caller's), so that a bad one fails alone.

    Returns:
        For each change, the message or room as it then is, or why it was refused; and the news: all that took a new version.

    Raises:
        OperationalError, InterfaceError: the database is away; nothing is known of any of them.
    """
    try:
        return _store_together(changes)
    except (OperationalError, InterfaceError):
        raise
    except DatabaseError as fault:
        if len(changes) == 1:
            return [fault], []
    # One of them cannot be stored and has undone the others: each by itself.
    outcomes: list[Outcome] = []
    news: list[Changed] = []
    for change in changes:
        outcome, stored = store([change])
        outcomes += outcome
        news += stored
    return outcomes, news


def _store_together(changes: Sequence[Change]) -> tuple[list[Outcome], list[Changed]]:
    for change in changes:
        change.prepare()
    using = router.db_for_write(Message)
    with transaction.atomic(using=using):
        ledger = Ledger(using, changes)
        outcomes = [_outcome(change, ledger) for change in changes]
        ledger.write()
    return outcomes, ledger.news()


def _outcome(change: Change, ledger: Ledger) -> Outcome:
    try:
        return change.apply(ledger)
    except ZashikiError as refusal:
        return refusal
