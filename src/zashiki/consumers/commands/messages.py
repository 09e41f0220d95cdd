"""Posting, and changing what was posted."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from zashiki import wire
from zashiki.entry import Standing
from zashiki.errors import NotFound
from zashiki.history import place_and_size_of
from zashiki.models import Message
from zashiki.writer import DeleteMessage, EditMessage, PinMessage, PostMessage, ReactToMessage, SaveMessage

if TYPE_CHECKING:
    from zashiki.consumers.v1 import V1Conversation


async def post(talk: V1Conversation, command: wire.Post) -> None:
    sitting = talk.sitting(command.room)
    if command.thread is not None:  # everybody is shown the whole root again, with one reply more
        talk.payer.pay_for_more(command, (await talk.process.in_thread(place_and_size_of, command.thread))[1])
    change = PostMessage(
        room_id=command.room,
        person=talk.person,
        rights=_rights(talk, sitting.standing.can_post),
        session_key=talk.session_key,
        body=command.body,
        nonce=command.nonce,
        reply_to=command.reply_to,
        thread=command.thread,
        in_room=command.thread is None or command.in_room,
        author_key=talk.person.key,
        author_name=talk.person.name,
    )
    await talk.store(command.ref, change, _as_message)


async def edit(talk: V1Conversation, command: wire.Edit) -> None:
    change = EditMessage(body=command.body, **await _about(talk, command))
    await talk.store(command.ref, change, _as_message)


async def delete(talk: V1Conversation, command: wire.Delete) -> None:
    await talk.store(command.ref, DeleteMessage(**await _about(talk, command)), _as_message)


async def react(talk: V1Conversation, command: wire.React) -> None:
    about = await _about(talk, command, attrgetter("can_react"))
    change = ReactToMessage(emoji=command.emoji, on=command.on, **about)
    await talk.store(command.ref, change, _as_message)


async def pin(talk: V1Conversation, command: wire.Pin) -> None:
    about = await _about(talk, command, attrgetter("can_pin"))
    change = PinMessage(on=command.on, **about)
    await talk.store(command.ref, change, _as_message)


async def save(talk: V1Conversation, command: wire.Save) -> None:
    def saved(on: bool) -> dict[str, Any]:
        talk.broadcast(talk.own_topic, wire.event("saved", message=command.message, on=on))
        return {"on": on}

    change = SaveMessage(on=command.on, **await _about(talk, command))
    await talk.store(command.ref, change, saved)


HANDLERS = {
    wire.Post: post,
    wire.Edit: edit,
    wire.Delete: delete,
    wire.React: react,
    wire.Pin: pin,
    wire.Save: save,
}


async def _about(
    talk: V1Conversation, command: Any, right: Callable[[Standing], bool] = attrgetter("can_post")
) -> dict[str, Any]:
    """The fields that all changes of a message share. The rest of the command's cost is charged, for everybody is shown the whole message again.

    Args:
        right: which right the change needs.

    Raises:
        NotFound: the message is not in a room where this socket sits.
        RateLimited: the message is long.
    """
    room_id, size = await talk.process.in_thread(place_and_size_of, command.message)
    if not talk.sits_in(room_id):
        raise NotFound
    if not isinstance(
        command, wire.Edit | wire.Save
    ):  # an edit has paid for its own text; nobody is shown what one saves
        talk.payer.pay_for_more(command, size)
    return {
        "room_id": room_id,
        "person": talk.person,
        "rights": _rights(talk, right(talk.sitting(room_id).standing)),
        "session_key": talk.session_key,
        "message_id": command.message,
    }


def _rights(talk: V1Conversation, is_allowed: bool) -> int | None:
    """Who may not do this, so far as is known, is left to the policy: it may be a retry of what was stored before."""
    return talk.process.sittings.rights if is_allowed else None


def _as_message(message: Message) -> dict[str, Any]:
    return {"message": message.state()}
