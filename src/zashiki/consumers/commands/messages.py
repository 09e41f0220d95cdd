"""Posting, and changing what was posted."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from zashiki import wire
from zashiki.consumers.commands.handlers import Handlers
from zashiki.errors import NotFound
from zashiki.messages.history import place_and_size_of
from zashiki.models import Message
from zashiki.rooms.access import RoomAccess
from zashiki.writer import DeleteMessage, EditMessage, PinMessage, PostMessage, ReactToMessage, SaveMessage

if TYPE_CHECKING:
    from zashiki.consumers.v1 import V1Session


async def post(session: V1Session, command: wire.Post) -> None:
    subscription = session.subscription(command.room)
    if command.thread is not None:  # everybody is shown the whole root again, with one reply more
        session.payer.pay_for_more(
            command, (await session.runtime.run_in_thread(place_and_size_of, command.thread))[1]
        )
    change = PostMessage(
        room_id=command.room,
        person=session.person,
        permissions_version=_checked_as(session, subscription.access.can_post),
        session_key=session.session_key,
        body=command.body,
        nonce=command.nonce,
        reply_to=command.reply_to,
        thread=command.thread,
        in_room=command.thread is None or command.in_room,
        author_key=session.person.key,
        author_name=session.person.name,
    )
    await session.store(command.ref, change, _as_message)


async def edit(session: V1Session, command: wire.Edit) -> None:
    change = EditMessage(body=command.body, **await _room_of(session, command))
    await session.store(command.ref, change, _as_message)


async def delete(session: V1Session, command: wire.Delete) -> None:
    await session.store(command.ref, DeleteMessage(**await _room_of(session, command)), _as_message)


async def react(session: V1Session, command: wire.React) -> None:
    about = await _room_of(session, command, attrgetter("can_react"))
    change = ReactToMessage(emoji=command.emoji, on=command.on, **about)
    await session.store(command.ref, change, _as_message)


async def pin(session: V1Session, command: wire.Pin) -> None:
    about = await _room_of(session, command, attrgetter("can_pin"))
    change = PinMessage(on=command.on, **about)
    await session.store(command.ref, change, _as_message)


async def save(session: V1Session, command: wire.Save) -> None:
    def saved(on: bool) -> dict[str, Any]:
        session.broadcast(session.user_topic, wire.event("message_saved", message=command.message, on=on))
        return {"on": on}

    change = SaveMessage(on=command.on, **await _room_of(session, command))
    await session.store(command.ref, change, saved)


HANDLERS: Handlers = {
    wire.Post: post,
    wire.Edit: edit,
    wire.Delete: delete,
    wire.React: react,
    wire.Pin: pin,
    wire.Save: save,
}


async def _room_of(
    session: V1Session, command: Any, right: Callable[[RoomAccess], bool] = attrgetter("can_post")
) -> dict[str, Any]:
    """The fields that all changes of a message share. The rest of the command's cost is charged, for everybody is shown the whole message again.

    Args:
        right: which right the change needs.

    Raises:
        NotFound: the message is not in a room where this socket sits.
        RateLimited: the message is long.
    """
    room_id, size = await session.runtime.run_in_thread(place_and_size_of, command.message)
    if not session.is_subscribed(room_id):
        raise NotFound
    if not isinstance(
        command, wire.Edit | wire.Save
    ):  # an edit has paid for its own text; nobody is shown what one saves
        session.payer.pay_for_more(command, size)
    return {
        "room_id": room_id,
        "person": session.person,
        "permissions_version": _checked_as(session, right(session.subscription(room_id).access)),
        "session_key": session.session_key,
        "message_id": command.message,
    }


def _checked_as(session: V1Session, is_allowed: bool) -> int | None:
    """Who may not do this, so far as is known, is left to the policy: it may be a retry of what was stored before."""
    return session.runtime.subscriptions.permissions_version if is_allowed else None


def _as_message(message: Message) -> dict[str, Any]:
    return {"message": message.state()}
