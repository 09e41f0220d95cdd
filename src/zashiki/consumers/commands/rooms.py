"""One's rooms: how far one has read, what one has begun to write, and the bell that rings for the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zashiki import wire
from zashiki.consumers.commands.handlers import Handlers
from zashiki.errors import NotFound
from zashiki.rooms.access import access_now
from zashiki.rooms.listing import rooms_for
from zashiki.writer import Change, MarkRead, MarkThreadRead, MarkUnread, ReadState, SaveDraft

if TYPE_CHECKING:
    from zashiki.consumers.v1 import V1Session


async def rooms(session: V1Session, command: wire.Rooms) -> None:
    while True:
        rights = session.runtime.subscriptions.latest_permissions_version
        found = await session.read(rooms_for, session.person)
        if rights == session.runtime.subscriptions.latest_permissions_version:
            break  # nobody's right has ended while the table was read, and who looks at bells from now on sees these
    session.set_activity_rooms({room["id"]: room["position"] for room in found})
    session.answer(command.ref, rooms=found)


async def mark_read(session: V1Session, command: wire.MarkRead) -> None:
    await _check_may_read(session, command.room)
    about: dict[str, Any] = {"room_id": command.room, "person": session.person, "position": command.position}
    if command.thread is not None:
        change: Change = MarkThreadRead(thread=command.thread, **about)
    else:
        change = MarkRead(**about)
    await session.store(
        command.ref,
        change,
        lambda reading: _broadcast_read_state(session, command.room, reading, command.thread),
    )


async def mark_unread(session: V1Session, command: wire.MarkUnread) -> None:
    await _check_may_read(session, command.room)
    change = MarkUnread(room_id=command.room, person=session.person, position=command.position)
    await session.store(
        command.ref, change, lambda reading: _broadcast_read_state(session, command.room, reading)
    )


async def draft(session: V1Session, command: wire.Draft) -> None:
    await _check_may_read(session, command.room)

    def stored(body: str) -> dict[str, Any]:
        session.broadcast(session.user_topic, wire.event("draft", room=command.room, body=body))
        return {}

    await session.store(
        command.ref, SaveDraft(room_id=command.room, person=session.person, body=command.body), stored
    )


HANDLERS: Handlers = {
    wire.Rooms: rooms,
    wire.MarkRead: mark_read,
    wire.MarkUnread: mark_unread,
    wire.Draft: draft,
}


async def _check_may_read(session: V1Session, room_id: int) -> None:
    """Raises `NotFound` for a room that this person may not see; nobody needs to sit in it."""
    if session.is_subscribed(room_id):
        return
    access = await session.runtime.run_in_thread(access_now, session.person, room_id)
    if not access.can_read:
        raise NotFound


def _broadcast_read_state(
    session: V1Session, room_id: int, reading: ReadState, thread: int | None = None
) -> dict[str, Any]:
    """Broadcast the read state to all of this person's devices, in the order in which it was stored."""
    fields = {
        "position": reading.position,
        "head": reading.head,
        "mentions": reading.mentions,
        "deleted": reading.deleted,
        "thread": thread,
    }
    session.broadcast(session.user_topic, wire.event("read_state", room=room_id, **fields))
    return {"position": reading.position}
