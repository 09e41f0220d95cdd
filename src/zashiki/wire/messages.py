"""Commands about messages."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from zashiki.wire.command import HISTORY_LIMIT, Clock, Command, Emoji, Id, Nonce


class Post(Command):
    """Say something.

    Attributes:
        reply_to: the message that it answers with a quote.
        thread: the message in whose thread it is a reply.
        in_room: whether such a reply is shown in the room too.
    """

    room: Id
    body: str
    nonce: Nonce
    reply_to: Id | None = None
    thread: Id | None = None
    in_room: bool = False


class Preview(Command):
    """What a text would look like as a message; nothing is stored."""

    room: Id
    body: str


class Edit(Command):
    message: Id
    body: str


class Delete(Command):
    message: Id


class React(Command):
    message: Id
    emoji: Emoji
    on: bool = True


class Pin(Command):
    message: Id
    on: bool = True


class Save(Command):
    """Keep a message for later; nobody else learns of it."""

    message: Id
    on: bool = True


class History(Command):
    """Messages of a room in which one sits, ascending: one of `before`, `after`, `around` and `around_time`, or none for the newest.

    Attributes:
        around_time: a moment; the messages around the first that was posted then or later.
        thread: the root of a thread, for the replies in it instead of what is shown in the room.
    """

    room: Id
    before: Clock | None = None
    after: Clock | None = None
    around: Clock | None = None
    around_time: Annotated[datetime, Meta(tz=True)] | None = None
    thread: Id | None = None
    limit: Annotated[int, Meta(ge=1, le=HISTORY_LIMIT)] = 50


class Messages(Command):
    """Single messages of a room in which one sits, such as those that are quoted."""

    room: Id
    ids: Annotated[list[Id], Meta(min_length=1, max_length=HISTORY_LIMIT)]


class Revisions(Command):
    """What a message said before it was edited."""

    message: Id


class Pins(Command):
    """The pinned messages of a room in which one sits, latest first."""

    room: Id


class Saved(Command):
    """What one has saved, latest first."""


class Threads(Command):
    """The threads that one follows, latest first."""


class SuggestPeople(Command):
    """Who can be spoken to in a room in which one sits, likeliest first.

    Attributes:
        query: how the name begins, or one of its words; empty for everybody.
    """

    room: Id
    query: Annotated[str, Meta(max_length=100)] = ""
