"""Where a socket comes in: who is it, which dialect, which room."""

from __future__ import annotations

import logging
from typing import Any

from zashiki import process, wire
from zashiki.consumers.conversation import Conversation
from zashiki.consumers.tutorial import TutorialConversation
from zashiki.consumers.v1 import V1Conversation
from zashiki.errors import ZashikiError
from zashiki.people import Person, person_of_scope
from zashiki.seating import SeatedConsumer

log = logging.getLogger("zashiki.socket")

NOT_WELCOME = 4403
NO_SUCH_ROOM = 4404
UNREADABLE = 1003  # RFC 6455, 7.4.1: a type of data that cannot be accepted


class RoomDoor(SeatedConsumer):
    """The consumer behind ``ws/zashiki/`` and ``ws/chat/<room name>/``."""

    _conversation: Conversation | None = None

    async def connect(self) -> None:
        house = process.current()
        await house.ready()
        person, session_key = await house.in_thread(_who, self.scope)
        speaks_v1 = wire.PROTOCOL in self.scope["subprotocols"]
        room_name = self.scope["zashiki_room"]
        await self.accept(wire.PROTOCOL if speaks_v1 else None)
        if person is None:
            return await self.close(NOT_WELCOME, "sign in first")
        self.seat.person = person.key
        dialect = V1Conversation if speaks_v1 or room_name is None else TutorialConversation
        self._conversation = dialect(house, person, session_key, self.seat, self.seat.close)
        try:
            await self._conversation.begin(room_name)
        except ZashikiError as refusal:
            await self.close(NO_SUCH_ROOM, str(refusal)[:120])

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self._conversation is None:
            return
        if text_data is None:
            return await self.close(UNREADABLE, "text frames only")
        await self._conversation.hear(text_data)

    async def disconnect(self, code: int) -> None:
        if self._conversation is not None:
            self._conversation.end()
            self._conversation = None


def _who(scope: dict[str, Any]) -> tuple[Person | None, str | None]:
    """Reads the session and the user, which the middleware left for first use."""
    person = person_of_scope(scope)
    session = scope.get("session")
    return person, session.session_key if person is not None and not person.is_visitor and session else None
