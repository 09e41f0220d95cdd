"""Where a socket comes in: who is it, which dialect, which room."""

from __future__ import annotations

import logging
from typing import Any

from zashiki import conf, process, wire
from zashiki.consumers.conversation import Conversation
from zashiki.consumers.tutorial import TutorialConversation
from zashiki.consumers.v1 import V1Conversation
from zashiki.errors import RateLimited, ZashikiError
from zashiki.limits import CONNECTION, Payer
from zashiki.people import Person, person_of_scope, visitor_cookie_header
from zashiki.policy import policy
from zashiki.seating import SeatedConsumer
from zashiki.seating.caps import Cap
from zashiki.seating.consumer import address_of
from zashiki.seating.seat import TRY_AGAIN_LATER
from zashiki.socket_paths import is_for

log = logging.getLogger("zashiki.socket")

NOT_WELCOME = 4403
NO_SUCH_ROOM = 4404
SIGNED_OUT = 4408
UNREADABLE = 1003  # RFC 6455, 7.4.1: a type of data that cannot be accepted

_guests = Cap()  # open sockets of people without an account, by network


class RoomDoor(SeatedConsumer):
    """The consumer behind ``ws/zashiki/`` and ``ws/chat/<room name>/``."""

    _conversation: Conversation | None = None
    _guest_network: str | None = None  # as which it is counted

    async def connect(self) -> None:
        house = process.current()
        await house.ready()
        person, session_key = await house.in_thread(_who, self.scope)
        subprotocol = wire.PROTOCOL if wire.PROTOCOL in self.scope["subprotocols"] else None
        if not is_for(person, self.scope):
            return await self._turn_away(subprotocol, SIGNED_OUT, "signed out")
        if person is None:
            return await self._turn_away(subprotocol, NOT_WELCOME, "sign in first")
        network = address_of(self.scope)
        guests = network or "unknown" if person.is_visitor else None
        if not _guests.take(guests, conf.get("GUEST_CONNECTIONS")):
            return await self._turn_away(subprotocol, TRY_AGAIN_LATER, "too many connections")
        self._guest_network = guests
        try:
            Payer(person, network).pay(CONNECTION)
        except RateLimited as refusal:
            return await self._turn_away(subprotocol, TRY_AGAIN_LATER, str(refusal))
        self.seat.person = person.key
        room_name = self.scope["zashiki_room"]
        dialect = V1Conversation if subprotocol or room_name is None else TutorialConversation
        self._conversation = dialect(house, person, session_key, self.seat, self.seat.close, network)
        try:
            # Before the handshake ends, so that whoever is connected misses nothing.
            await self._conversation.begin(room_name)
        except RateLimited as refusal:
            return await self._turn_away(subprotocol, TRY_AGAIN_LATER, str(refusal)[:120])
        except ZashikiError as refusal:
            return await self._turn_away(subprotocol, NO_SUCH_ROOM, str(refusal)[:120])
        cookie = visitor_cookie_header(self.scope, person)
        await self.accept(subprotocol, [cookie] if cookie else None)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self._conversation is None:
            return
        if text_data is None:
            return await self.close(UNREADABLE, "text frames only")
        await self._conversation.hear(text_data)

    async def disconnect(self, code: int) -> None:
        _guests.release(self._guest_network)
        self._guest_network = None
        if self._conversation is not None:
            self._conversation.end()
            self._conversation = None

    async def _turn_away(self, subprotocol: str | None, code: int, reason: str) -> None:
        """A page cannot read why a handshake was refused, but it can read why a socket was closed."""
        await self.accept(subprotocol)
        await self.close(code, reason)


def _who(scope: dict[str, Any]) -> tuple[Person | None, str | None]:
    """Who opens this socket, and by which session; ``None`` for whoever may not visit."""
    person, session_key = person_of_scope(scope)
    return (person, session_key) if policy().can_visit(person) else (None, None)
