"""Posting, changing what was posted, and reading what was said before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zashiki import history, wire
from zashiki.errors import Forbidden, NotFound
from zashiki.models import Message
from zashiki.writer import DeleteMessage, EditMessage, PostMessage, ReactToMessage

if TYPE_CHECKING:
    from zashiki.consumers.v1 import V1Conversation


async def post(talk: V1Conversation, command: wire.Post) -> None:
    if not talk.sitting(command.room).can_post:
        raise Forbidden
    talk.posts.take()
    change = PostMessage(
        room_id=command.room,
        person=talk.person,
        rights=talk.process.sittings.rights,
        body=command.body,
        nonce=command.nonce,
        reply_to=command.reply_to,
        author_key=talk.person.key,
        author_name=talk.person.name,
    )
    talk.store(command.ref, change, _as_message)


async def edit(talk: V1Conversation, command: wire.Edit) -> None:
    change = EditMessage(body=command.body, **await _about(talk, command.message))
    talk.store(command.ref, change, _as_message)


async def delete(talk: V1Conversation, command: wire.Delete) -> None:
    talk.store(command.ref, DeleteMessage(**await _about(talk, command.message)), _as_message)


async def react(talk: V1Conversation, command: wire.React) -> None:
    change = ReactToMessage(emoji=command.emoji, on=command.on, **await _about(talk, command.message))
    talk.store(command.ref, change, _as_message)


async def page(talk: V1Conversation, command: wire.History) -> None:
    talk.sitting(command.room)
    found = await talk.process.in_thread(_page, command)
    messages = [message.state() for message in found.messages]
    talk.sitting(command.room)  # the right may have ended while the table was read
    talk.answer(command.ref, messages=messages, more_before=found.more_before, more_after=found.more_after)


HANDLERS = {wire.Post: post, wire.Edit: edit, wire.Delete: delete, wire.React: react, wire.History: page}


async def _about(talk: V1Conversation, message_id: int) -> dict[str, Any]:
    """The fields that all changes of a message share.

    Raises:
        NotFound: the message is not in a room where this socket sits.
    """
    room_id = await talk.process.in_thread(_room_of, message_id)
    if not talk.sits_in(room_id):
        raise NotFound
    return {
        "room_id": room_id,
        "person": talk.person,
        "rights": talk.process.sittings.rights,
        "message_id": message_id,
    }


def _as_message(message: Message) -> dict[str, Any]:
    return {"message": message.state()}


def _room_of(message_id: int) -> int | None:
    return Message.objects.filter(pk=message_id).values_list("room_id", flat=True).first()


def _page(command: wire.History) -> history.HistoryPage:
    if command.around is not None:
        return history.around(command.room, command.around, command.limit)
    if command.after is not None:
        return history.after(command.room, command.after, command.limit)
    if command.before is not None:
        return history.before(command.room, command.before, command.limit)
    return history.newest(command.room, command.limit)
