"""Commands about messages."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from zashiki.wire.command import HISTORY_LIMIT, Clock, Command, Emoji, Id, Nonce


class Post(Command):
    room: Id
    body: str
    nonce: Nonce
    reply_to: Id | None = None


class Edit(Command):
    message: Id
    body: str


class Delete(Command):
    message: Id


class React(Command):
    message: Id
    emoji: Emoji
    on: bool = True


class History(Command):
    """Messages of a room in which one sits, ascending; one of `before`, `after` and `around`, or none for the newest."""

    room: Id
    before: Clock | None = None
    after: Clock | None = None
    around: Clock | None = None
    limit: Annotated[int, Meta(ge=1, le=HISTORY_LIMIT)] = 50
