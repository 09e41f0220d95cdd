"""The synchronous door: views, tasks, admin actions and the shell change rooms with one call.

Each stores within the caller's transaction and announces after its commit, exactly as a command from a socket does; also from a process without an
event loop (WSGI, Celery). None of them asks the policy: the caller's code speaks for the site.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import router, transaction

from zashiki.models import Message, Room
from zashiki.people.identity import person_for_user
from zashiki.person import Person
from zashiki.streams import publish
from zashiki.text.names import shown_name
from zashiki.writer.changes import Change, DeleteMessage, EditMessage, PostMessage, ReactToMessage
from zashiki.writer.changes.room import ChangeRoom
from zashiki.writer.store import store

NAME_LIMIT = 150  # characters of an author's name
SITE_KEY = "site"  # the author of what the site itself says


def post(room: Room, body: str, *, author: Any = None, name: str = "", nonce: str | None = None) -> Message:
    """Post a message.

    Args:
        author: a user or a `Person`; ``None`` for the site itself, under `name`.
        nonce: the same one by the same author in the same room posts once; ``None`` makes a new one.

    Raises:
        Empty, TooLong, Invalid: nothing was stored.
        Conflict: the nonce was used with another body.
    """
    person = _person(author)
    key, shown = (
        (person.key, person.name) if person else (SITE_KEY, shown_name(name or room.title, NAME_LIMIT))
    )
    message: Message = _change(
        PostMessage(
            room_id=room.pk,
            person=person,
            permissions_version=None if person is None else _UNCHECKED,
            body=body,
            nonce=nonce or uuid.uuid4().hex,
            author_key=key,
            author_name=shown,
        )
    )
    return message


def edit(message: Message, body: str) -> Message:
    """Give a message another body. Raises as `post`; `NotFound` when it was deleted."""
    edited: Message = _change(
        EditMessage(room_id=message.room_id, person=None, message_id=message.pk, body=body)
    )
    return edited


def delete(message: Message) -> Message:
    """Leave a tombstone in the message's place. Raises `NotFound` when it was deleted before."""
    tombstone: Message = _change(DeleteMessage(room_id=message.room_id, person=None, message_id=message.pk))
    return tombstone


def react(message: Message, emoji: str, *, author: Any, on: bool = True) -> Message:
    """Give a reaction or take it back."""
    change = ReactToMessage(
        room_id=message.room_id,
        person=_person(author),
        permissions_version=_UNCHECKED,
        message_id=message.pk,
        emoji=emoji,
        on=on,
    )
    reacted: Message = _change(change)
    return reacted


def change_room(room: Room, *, by: Person | None = None, **fields: Any) -> Room:
    """Give the room other values of its `STATE_FIELDS`, within the caller's transaction; shown to everybody after its commit.

    Args:
        by: who changes it, of whom the policy is asked; ``None`` for the site itself.

    Returns:
        The room as it then is; the argument is left as it was.

    Raises:
        Forbidden: this person may not manage the room.
        IntegrityError: the name is another room's.
    """
    changed: Room = _change(ChangeRoom(room_id=room.pk, person=by, fields=fields))
    return changed


_UNCHECKED = 2**63 - 1  # no clock of rights gets there: the policy is not asked


def _person(author: Any) -> Person | None:
    return author if author is None or isinstance(author, Person) else person_for_user(author)


def _change(change: Change) -> Any:
    """Store a change, and return what became of it (`Change.apply`)."""
    using = router.db_for_write(Message)
    with transaction.atomic(using=using):
        outcomes, changed = store([change])
        if isinstance(outcomes[0], Exception):
            raise outcomes[0]
        # What is stored stays stored, announced or not: the heartbeats find it.
        transaction.on_commit(lambda: publish(changed), using=using, robust=True)
    return outcomes[0]
