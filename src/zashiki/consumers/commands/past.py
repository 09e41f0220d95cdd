"""What was said before: pages of it, single messages, and what somebody has gathered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from zashiki import gathered, history, wire
from zashiki.completion import people_to_mention
from zashiki.errors import NotFound
from zashiki.models import Message

if TYPE_CHECKING:
    from zashiki.consumers.v1 import V1Conversation


async def page(talk: V1Conversation, command: wire.History) -> None:
    talk.sitting(command.room)
    found, quoted = await talk.process.in_thread(_page, command)
    talk.sitting(command.room)  # the right may have ended while the table was read
    talk.answer(
        command.ref,
        messages=_states(found.messages),
        quoted=_states(quoted),
        more_before=found.more_before,
        more_after=found.more_after,
    )


async def messages(talk: V1Conversation, command: wire.Messages) -> None:
    await _answer_with_messages(talk, command, command.room, history.single, command.room, command.ids)


async def pins(talk: V1Conversation, command: wire.Pins) -> None:
    await _answer_with_messages(talk, command, command.room, history.pinned, command.room)


async def revisions(talk: V1Conversation, command: wire.Revisions) -> None:
    room_id = await talk.process.in_thread(history.room_of, command.message)
    found = await talk.process.in_thread(history.revisions, command.message)
    if not talk.sits_in(room_id):
        raise NotFound
    talk.answer(command.ref, revisions=[revision.state() for revision in found])


async def saved(talk: V1Conversation, command: wire.Saved) -> None:
    found = await talk.process.in_thread(gathered.saved, talk.person)
    talk.answer(command.ref, messages=_states(found))


async def threads(talk: V1Conversation, command: wire.Threads) -> None:
    talk.answer(command.ref, threads=await talk.process.in_thread(gathered.threads, talk.person))


async def people(talk: V1Conversation, command: wire.People) -> None:
    talk.sitting(command.room)
    found = await talk.process.in_thread(people_to_mention, talk.person, command.room, command.query)
    talk.sitting(command.room)
    talk.answer(command.ref, **found)


HANDLERS = {
    wire.History: page,
    wire.Messages: messages,
    wire.Pins: pins,
    wire.Revisions: revisions,
    wire.Saved: saved,
    wire.Threads: threads,
    wire.People: people,
}


async def _answer_with_messages(
    talk: V1Conversation, command: wire.Command, room_id: int, function: Any, *args: Any
) -> None:
    talk.sitting(room_id)
    found = await talk.process.in_thread(function, *args)
    talk.sitting(room_id)
    talk.answer(command.ref, messages=_states(found))


def _states(found: Iterable[Message]) -> list[dict[str, Any]]:
    return [message.state() for message in found]


def _page(command: wire.History) -> tuple[history.HistoryPage, list[Message]]:
    past = history.Past(command.room, command.thread)
    if command.at is not None:
        found = past.around(past.position_at(command.at), command.limit)
    elif command.around is not None:
        found = past.around(command.around, command.limit)
    elif command.after is not None:
        found = past.after(command.after, command.limit)
    elif command.before is not None:
        found = past.before(command.before, command.limit)
    else:
        found = past.newest(command.limit)
    return found, history.quoted(found.messages)
