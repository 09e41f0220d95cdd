"""One's rooms: how far one has read, what one has begun to write, and the bell that rings for the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zashiki import wire
from zashiki.entry import standing_of
from zashiki.errors import NotFound
from zashiki.sidebar import rooms_of
from zashiki.writer import Change, KeepDraft, MarkRead, MarkThreadRead, MarkUnread, Reading

if TYPE_CHECKING:
    from zashiki.consumers.v1 import V1Conversation


async def rooms(talk: V1Conversation, command: wire.Rooms) -> None:
    while True:
        rights = talk.process.sittings.latest
        found = await talk.process.in_thread(rooms_of, talk.person)
        if rights == talk.process.sittings.latest:
            break  # nobody's right has ended while the table was read, and who looks at bells from now on sees these
    talk.hear_bells({room["id"]: room["position"] for room in found})
    talk.answer(command.ref, rooms=found)


async def read(talk: V1Conversation, command: wire.Read) -> None:
    await _check_may_read(talk, command.room)
    about: dict[str, Any] = {"room_id": command.room, "person": talk.person, "position": command.position}
    if command.thread is not None:
        change: Change = MarkThreadRead(thread=command.thread, **about)
    else:
        change = MarkRead(**about)
    await talk.store(command.ref, change, lambda reading: _tell(talk, command.room, reading, command.thread))


async def unread(talk: V1Conversation, command: wire.Unread) -> None:
    await _check_may_read(talk, command.room)
    change = MarkUnread(room_id=command.room, person=talk.person, position=command.position)
    await talk.store(command.ref, change, lambda reading: _tell(talk, command.room, reading))


async def draft(talk: V1Conversation, command: wire.Draft) -> None:
    await _check_may_read(talk, command.room)

    def kept(body: str) -> dict[str, Any]:
        talk.broadcast(talk.own_topic, wire.event("draft", room=command.room, body=body))
        return {}

    await talk.store(
        command.ref, KeepDraft(room_id=command.room, person=talk.person, body=command.body), kept
    )


HANDLERS = {wire.Rooms: rooms, wire.Read: read, wire.Unread: unread, wire.Draft: draft}


async def _check_may_read(talk: V1Conversation, room_id: int) -> None:
    """Raises `NotFound` for a room that this person may not see; nobody needs to sit in it."""
    if talk.sits_in(room_id):
        return
    standing = await talk.process.in_thread(standing_of, talk.person, room_id)
    if not standing.can_read:
        raise NotFound


def _tell(talk: V1Conversation, room_id: int, reading: Reading, thread: int | None = None) -> dict[str, Any]:
    """All of this person's devices, in the order in which it was stored."""
    news = {
        "position": reading.position,
        "head": reading.head,
        "mentions": reading.mentions,
        "deleted": reading.deleted,
        "thread": thread,
    }
    talk.broadcast(talk.own_topic, wire.event("read", room=room_id, **news))
    return {"position": reading.position}
