"""What was said before: pages of it, single messages, and what somebody has gathered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from zashiki import wire
from zashiki.consumers.commands.handlers import Handlers
from zashiki.errors import NotFound
from zashiki.messages import history as message_history
from zashiki.messages import mention_suggestions
from zashiki.models import Message
from zashiki.rooms import saved as saved_rows
from zashiki.rooms import threads as followed

if TYPE_CHECKING:
    from zashiki.consumers.v1 import V1Session


async def history(session: V1Session, command: wire.History) -> None:
    session.subscription(command.room)
    found, quoted = await session.read(_page, command)
    session.subscription(command.room)  # the right may have ended while the table was read
    session.answer(
        command.ref,
        messages=_states(found.messages),
        quoted=_states(quoted),
        more_before=found.more_before,
        more_after=found.more_after,
    )


async def messages(session: V1Session, command: wire.Messages) -> None:
    await _answer_with_messages(
        session, command, command.room, message_history.by_ids, command.room, command.ids
    )


async def pins(session: V1Session, command: wire.Pins) -> None:
    await _answer_with_messages(session, command, command.room, message_history.pinned, command.room)


async def revisions(session: V1Session, command: wire.Revisions) -> None:
    room_id = await session.read(message_history.room_id_of, command.message)
    found = await session.read(message_history.revisions, command.message)
    if not session.is_subscribed(room_id):
        raise NotFound
    session.answer(command.ref, revisions=[revision.state() for revision in found])


async def saved(session: V1Session, command: wire.Saved) -> None:
    found = await session.read(saved_rows.saved_messages, session.person)
    session.answer(command.ref, messages=_states(found))


async def threads(session: V1Session, command: wire.Threads) -> None:
    session.answer(command.ref, threads=await session.read(followed.followed_threads, session.person))


async def suggest_people(session: V1Session, command: wire.SuggestPeople) -> None:
    session.subscription(command.room)
    found = await session.read(
        mention_suggestions.suggest_people, session.person, command.room, command.query
    )
    session.subscription(command.room)
    session.answer(command.ref, **found)


HANDLERS: Handlers = {
    wire.History: history,
    wire.Messages: messages,
    wire.Pins: pins,
    wire.Revisions: revisions,
    wire.Saved: saved,
    wire.Threads: threads,
    wire.SuggestPeople: suggest_people,
}


async def _answer_with_messages(
    session: V1Session, command: wire.Command, room_id: int, function: Any, *args: Any
) -> None:
    session.subscription(room_id)
    found = await session.read(function, *args)
    session.subscription(room_id)
    session.answer(command.ref, messages=_states(found))


def _states(found: Iterable[Message]) -> list[dict[str, Any]]:
    return [message.state() for message in found]


def _page(command: wire.History) -> tuple[message_history.HistoryPage, list[Message]]:
    past = message_history.MessageHistory(command.room, command.thread)
    if command.around_time is not None:
        found = past.around(past.position_at(command.around_time), command.limit)
    elif command.around is not None:
        found = past.around(command.around, command.limit)
    elif command.after is not None:
        found = past.after(command.after, command.limit)
    elif command.before is not None:
        found = past.before(command.before, command.limit)
    else:
        found = past.newest(command.limit)
    return found, message_history.quoted_by(found.messages)
