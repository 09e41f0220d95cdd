"""A consumer whose connection has a seat: the one class that other people's Channels code needs."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from channels.exceptions import AcceptConnection, DenyConnection, StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer

from zashiki.seating.caps import Cap, network_of
from zashiki.seating.current import current
from zashiki.seating.options import options
from zashiki.seating.pace import Pace
from zashiki.seating.pumped import PumpedSeat
from zashiki.seating.seat import POLICY_VIOLATION, Seat

EXTENSION = "zashiki.seat"  # key of the server's own seat in the ASGI scope's "extensions"

_NORMAL, _GOING_AWAY, _NO_CODE, _INTERNAL_ERROR = 1000, 1001, 1005, 1011

_addresses = Cap()


class SeatedConsumer(AsyncWebsocketConsumer):
    """Channels' `AsyncWebsocketConsumer` with `sit`, `leave` and `broadcast` in place of groups.

    The methods to override are the same: `connect`, `receive` and `disconnect`. `disconnect` is called once, however the connection
    ends, and by then every topic has been left. There is no channel and no second task per connection, and no thread hop per
    message, so what uses the database belongs into ``database_sync_to_async``.

    Attributes:
        scope: the ASGI scope.
        seat: the connection's outgoing side.
    """

    seat: Seat
    _accepted = False
    _aborted = False

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        self.scope = scope
        self.base_send = send
        address = address_of(scope)
        if not _addresses.take(address, options().connections_per_address):
            return await self._refuse(POLICY_VIOLATION, "too many connections")
        self.seat = (scope.get("extensions") or {}).get(EXTENSION) or PumpedSeat(send, self._abort())
        try:
            await self._converse(receive)
        except asyncio.CancelledError:
            if not self._aborted:
                raise
        finally:
            _addresses.release(address)

    # To be called by subclasses

    async def sit(self, topic: str) -> None:
        """Take a seat: from now on this connection is shown what is broadcast to the topic, in whatever process."""
        await current().sit(topic, self.seat)

    def leave(self, topic: str) -> None:
        current().leave(topic, self.seat)

    async def broadcast(
        self,
        topic: str,
        payload: bytes | str | dict[str, Any],
        *,
        binary: bool = False,
        ephemeral: bool = False,
    ) -> bool:
        """To everybody who sits there, here and in every other process. A dict goes as JSON.

        Args:
            binary: whether the bytes go as a binary message.
            ephemeral: whether readers who are slow can do without it.

        Returns:
            False if the channel layer is down and it reached the seats of this process only.
        """
        message = encode(payload) if isinstance(payload, dict) else payload
        return await current().broadcast(topic, message, binary=binary, ephemeral=ephemeral)

    async def accept(self, subprotocol: str | None = None, headers: Any = None) -> None:
        await super().accept(subprotocol, headers)
        self._accepted = True
        if isinstance(self.seat, PumpedSeat):
            self.seat.open()

    async def send(
        self, text_data: str | None = None, bytes_data: bytes | None = None, close: bool | int = False
    ) -> None:
        """A message to this connection alone."""
        if text_data is not None:
            self.seat.send(text_data)
        elif bytes_data is not None:
            self.seat.send(bytes_data, binary=True)
        else:
            raise ValueError("You must pass one of bytes_data or text_data")
        if close:
            await self.close(None if close is True else close)

    async def send_json(self, content: Any) -> None:
        self.seat.send(encode(content))

    async def close(self, code: int | None = None, reason: str | None = None) -> None:
        """Start the closing handshake; before `accept`, refuse the connection."""
        if self._accepted:
            self.seat.close(code or _NORMAL, reason or "")
        elif not self.seat.closed:
            await self._refuse(code or _NORMAL, reason or "")
            self.seat.end()

    # How a connection goes

    async def websocket_connect(self, message: dict[str, Any]) -> None:
        try:
            await self.connect()
        except AcceptConnection:
            await self.accept()
        except DenyConnection:
            await self.close()

    async def _converse(self, receive: Any) -> None:
        code = _NORMAL
        try:
            await self.websocket_connect(await receive())
            limits = options()
            pace = Pace(limits.message_rate, limits.message_burst)
            while (message := await receive())["type"] != "websocket.disconnect":
                if not self.seat.dismissed:  # what a client said before it went is heard
                    await pace.keep()
                    await self.websocket_receive(message)
            code = message.get("code") or _NO_CODE
            self.seat.end()
        except StopConsumer:
            pass
        except BaseException as fault:
            code = _GOING_AWAY if isinstance(fault, asyncio.CancelledError) else _INTERNAL_ERROR
            raise
        finally:
            current().leave_all(self.seat)
            try:
                await self.disconnect(code)
            finally:
                self.seat.close(code)
                await self.seat.finish()

    async def _refuse(self, code: int, reason: str) -> None:
        await self.base_send({"type": "websocket.close", "code": code, "reason": reason})

    def _abort(self) -> Any:
        task = asyncio.current_task()

        def abort() -> None:
            self._aborted = True
            if task is not None:
                task.cancel()

        return abort


def encode(content: Any) -> str:
    """JSON as short as it goes."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def address_of(scope: dict[str, Any]) -> str | None:
    """The network of whoever opened a connection, for limits; ``None`` if the server does not tell."""
    client = scope.get("client")
    return network_of(client[0]) if client else None
