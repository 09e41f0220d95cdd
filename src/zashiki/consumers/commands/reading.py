"""How far somebody has read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zashiki import wire
from zashiki.reading import mark_read

if TYPE_CHECKING:
    from zashiki.consumers.v1 import V1Conversation


async def read(talk: V1Conversation, command: wire.Read) -> None:
    talk.sitting(command.room)
    position = await talk.process.in_thread(mark_read, talk.person, command.room, command.position)
    talk.answer(command.ref, position=position)
    talk.broadcast(talk.own_topic, wire.event("read", room=command.room, position=position))


HANDLERS = {wire.Read: read}
