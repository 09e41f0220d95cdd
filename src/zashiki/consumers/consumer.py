"""Where a socket comes in: who is it, which dialect, which room."""

from __future__ import annotations

import logging
from typing import Any

from zashiki import conf, wire
from zashiki.consumers.session import ChatSession
from zashiki.consumers.tutorial import TutorialSession
from zashiki.consumers.v1 import V1Session
from zashiki.errors import RateLimited, ZashikiError
from zashiki.handshake.paths import is_for
from zashiki.hub import HubConsumer
from zashiki.hub.connection import TRY_AGAIN_LATER
from zashiki.hub.connection_limits import ConnectionCounter
from zashiki.hub.consumer import address_of
from zashiki.limits.rate_limits import CONNECTION, Payer
from zashiki.people.identity import person_from_scope
from zashiki.people.visitors import visitor_cookie_header
from zashiki.person import Person
from zashiki.policy import policy
from zashiki.realtime.runtime import get_runtime

log = logging.getLogger("zashiki.socket")

NOT_WELCOME = 4403
NO_SUCH_ROOM = 4404
SIGNED_OUT = 4408
UNREADABLE = 1003  # RFC 6455, 7.4.1: a type of data that cannot be accepted

_guests = ConnectionCounter()  # open sockets of people without an account, by network


class RoomConsumer(HubConsumer):
    """The consumer behind ``ws/zashiki/`` and ``ws/chat/<room name>/``."""

    _session: ChatSession | None = None
    _guest_network: str | None = None  # as which it is counted

    async def connect(self) -> None:
        runtime = get_runtime()
        await runtime.ready()
        person, session_key = await runtime.run_in_thread(_identify, self.scope)
        subprotocol = wire.PROTOCOL if wire.PROTOCOL in self.scope["subprotocols"] else None
        if not is_for(person, self.scope):
            return await self._reject(subprotocol, SIGNED_OUT, "signed out")
        if person is None:
            return await self._reject(subprotocol, NOT_WELCOME, "sign in first")
        network = address_of(self.scope)
        guests = network or "unknown" if person.is_visitor else None
        if not _guests.acquire(guests, conf.get("GUEST_CONNECTIONS")):
            return await self._reject(subprotocol, TRY_AGAIN_LATER, "too many connections")
        self._guest_network = guests
        try:
            Payer(person, network).pay(CONNECTION)
        except RateLimited as refusal:
            return await self._reject(subprotocol, TRY_AGAIN_LATER, str(refusal))
        self.connection.owner = person.key
        room_name = self.scope["zashiki_room"]
        dialect = V1Session if subprotocol or room_name is None else TutorialSession
        self._session = dialect(runtime, person, session_key, self.connection, self.connection.close, network)
        try:
            # Before the handshake ends, so that whoever is connected misses nothing.
            await self._session.start(room_name)
        except RateLimited as refusal:
            return await self._reject(subprotocol, TRY_AGAIN_LATER, str(refusal)[:120])
        except ZashikiError as refusal:
            return await self._reject(subprotocol, NO_SUCH_ROOM, str(refusal)[:120])
        cookie = visitor_cookie_header(self.scope, person)
        await self.accept(subprotocol, [cookie] if cookie else None)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self._session is None:
            return
        if text_data is None:
            return await self.close(UNREADABLE, "text frames only")
        await self._session.receive(text_data)

    async def disconnect(self, code: int) -> None:
        _guests.release(self._guest_network)
        self._guest_network = None
        if self._session is not None:
            self._session.close()
            self._session = None

    async def _reject(self, subprotocol: str | None, code: int, reason: str) -> None:
        """A page cannot read why a handshake was refused, but it can read why a socket was closed."""
        await self.accept(subprotocol)
        await self.close(code, reason)


def _identify(scope: dict[str, Any]) -> tuple[Person | None, str | None]:
    """Who opens this socket, and by which session; ``None`` for whoever may not visit."""
    person, session_key = person_from_scope(scope)
    return (person, session_key) if policy().can_access(person) else (None, None)
