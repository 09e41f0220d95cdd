"""A consumer whose connection has a connection: the one class that other people's Channels code needs."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from channels.exceptions import AcceptConnection, DenyConnection, StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer

from zashiki.hub.asgi_send import AsgiConnection
from zashiki.hub.connection import POLICY_VIOLATION, Connection
from zashiki.hub.connection_limits import ConnectionCounter, network_prefix
from zashiki.hub.current import get_hub
from zashiki.hub.options import options
from zashiki.hub.throttle import Throttle

EXTENSION = "zashiki.connection"  # key of the server's own connection in the ASGI scope's "extensions"

_NORMAL, _GOING_AWAY, _NO_CODE, _INTERNAL_ERROR = 1000, 1001, 1005, 1011

_connections_by_network = ConnectionCounter()


class HubConsumer(AsyncWebsocketConsumer):
    """Channels' `AsyncWebsocketConsumer` with `subscribe`, `leave` and `broadcast` in place of groups.

    The methods to override are the same: `connect`, `receive` and `disconnect`. `disconnect` is called once, however the connection
    ends, and by then every topic has been left. There is no channel and no second task per connection, and no thread hop per
    message, so what uses the database belongs into ``database_sync_to_async``.

    Attributes:
        scope: the ASGI scope.
        connection: the connection's outgoing side.
    """

    connection: Connection
    _accepted = False
    _aborted = False

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        self.scope = scope
        self.base_send = send
        address = address_of(scope)
        if not _connections_by_network.acquire(address, options().max_connections_per_ip):
            return await self._refuse(POLICY_VIOLATION, "too many connections")
        self.connection = (scope.get("extensions") or {}).get(EXTENSION) or AsgiConnection(
            send, self._make_abort()
        )
        try:
            await self._receive_loop(receive)
        except asyncio.CancelledError:
            if not self._aborted:
                raise
        finally:
            _connections_by_network.release(address)

    # To be called by subclasses

    async def subscribe(self, topic: str) -> None:
        """Take a connection: from now on this connection is shown what is broadcast to the topic, in whatever process."""
        await get_hub().subscribe(topic, self.connection)

    def unsubscribe(self, topic: str) -> None:
        get_hub().unsubscribe(topic, self.connection)

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
            False if the channel layer is down and it reached the connections of this process only.
        """
        message = encode(payload) if isinstance(payload, dict) else payload
        return await get_hub().broadcast(topic, message, binary=binary, ephemeral=ephemeral)

    async def accept(self, subprotocol: str | None = None, headers: Any = None) -> None:
        await super().accept(subprotocol, headers)
        self._accepted = True
        if isinstance(self.connection, AsgiConnection):
            self.connection.open()

    async def send(
        self, text_data: str | None = None, bytes_data: bytes | None = None, close: bool | int = False
    ) -> None:
        """A message to this connection alone."""
        if text_data is not None:
            self.connection.send(text_data)
        elif bytes_data is not None:
            self.connection.send(bytes_data, binary=True)
        else:
            raise ValueError("You must pass one of bytes_data or text_data")
        if close:
            await self.close(None if close is True else close)

    async def send_json(self, content: Any) -> None:
        self.connection.send(encode(content))

    async def close(self, code: int | None = None, reason: str | None = None) -> None:
        """Start the closing handshake; before `accept`, refuse the connection."""
        if self._accepted:
            self.connection.close(code or _NORMAL, reason or "")
        elif not self.connection.closed:
            await self._refuse(code or _NORMAL, reason or "")
            self.connection.mark_closed()

    # How a connection goes

    async def websocket_connect(self, message: dict[str, Any]) -> None:
        try:
            await self.connect()
        except AcceptConnection:
            await self.accept()
        except DenyConnection:
            await self.close()

    async def _receive_loop(self, receive: Any) -> None:
        code = _NORMAL
        try:
            await self.websocket_connect(await receive())
            limits = options()
            pace = Throttle(limits.message_rate, limits.message_burst)
            while (message := await receive())["type"] != "websocket.disconnect":
                if not self.connection.closing:  # what a client said before it went is heard
                    await pace.wait()
                    await self.websocket_receive(message)
            code = message.get("code") or _NO_CODE
            self.connection.mark_closed()
        except StopConsumer:
            pass
        except BaseException as fault:
            code = _GOING_AWAY if isinstance(fault, asyncio.CancelledError) else _INTERNAL_ERROR
            raise
        finally:
            get_hub().unsubscribe_all(self.connection)
            try:
                await self.disconnect(code)
            finally:
                self.connection.close(code)
                await self.connection.finish()

    async def _refuse(self, code: int, reason: str) -> None:
        await self.base_send({"type": "websocket.close", "code": code, "reason": reason})

    def _make_abort(self) -> Any:
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
    return network_prefix(client[0]) if client else None
