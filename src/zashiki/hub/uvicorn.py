"""``uvicorn --ws zashiki.hub.uvicorn:HubProtocol``: uvicorn's own WebSocket protocol, which offers its transport as a connection.

The class below is internal to uvicorn, hence the pinned range in pyproject.toml; tests/hub/test_uvicorn_internals.py tells
when an upgrade changes what is relied on here.
"""

from __future__ import annotations

import asyncio
import random
import socket
from typing import Any, cast

from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.datastructures import Headers
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory
from websockets.frames import CLOSE, Frame
from websockets.protocol import OPEN
from websockets.server import ServerProtocol

from zashiki.hub.connection import GOING_AWAY_FOR_NOW
from zashiki.hub.consumer import EXTENSION
from zashiki.hub.options import options
from zashiki.hub.simple_queue import SimpleEvent, SimpleQueue
from zashiki.hub.transport import TransportConnection

_MESSAGE_TOO_BIG = 1009
_WINDOW_BITS = 12  # 4 KiB of window for what clients send
_BYTES_PER_FRAGMENT = 64  # on average at least, in a message of many fragments
_SLICE = 16  # messages of one connection that may be handled in a row before the others have their turn
_BYTES_PER_ITERATION = 8 * 1024  # of one connection that are taken apart before the others have their turn
_FRAGMENTS = 1024  # that are accepted whatever their size

_USER_TIMEOUT: int = getattr(socket, "TCP_USER_TIMEOUT", 0)  # Linux has it
_NO_HEADERS = Headers()


class _ServerProtocol(ServerProtocol):
    def recv_frame(self, frame: Frame) -> None:
        """RFC 6455, 5.4: control frames may come amid a fragmented message, and a close is one; websockets fails the connection."""
        if frame.opcode is CLOSE:
            self.current_size = None
        super().recv_frame(frame)


class HubProtocol(WebSocketsSansIOProtocol):
    """Everything that ends or closes the connection ends the connection first, so that nothing is ever written behind a close frame."""

    connection: TransportConnection

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limits = self._limits = options()
        largest = min(limits.max_frame_size, self.config.ws_max_size)
        self._fragment_limit = max(_FRAGMENTS, largest // _BYTES_PER_FRAGMENT)
        extensions = _deflate() if limits.compression and self.config.ws_per_message_deflate else []
        self.conn = _ServerProtocol(extensions=extensions, max_size=largest, logger=self.logger)
        self.close_timeout = limits.close_timeout
        self.queue, self.writable = SimpleQueue(), SimpleEvent()
        self._last_received_at = self.loop.time()  # when the client last said anything at all
        self._handled_in_a_row = 0  # messages handled without a pause
        self._pending_input = b""  # what has arrived and waits for its turn

    # What the connection asks

    def begin_close(self, code: int, reason: str) -> None:
        """The closing handshake as `websocket.close` starts it, without waiting for room in the buffer."""
        if self.close_sent or self.disconnected or not self.handshake_complete or self.transport.is_closing():
            self.connection.mark_closed()
            return
        self._close_connection()
        self.stop_keepalive()
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        if self.conn.state is OPEN:
            self.conn.send_close(code, reason)
            self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self._resume_reading()
        self.close_timer = self.loop.call_later(self.close_timeout, self.transport.abort)

    # What uvicorn asks

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.connection = TransportConnection(self.transport, self)
        self._set_user_timeout()

    def handle_connect(self, event: Any) -> None:
        super().handle_connect(event)
        if self.response.status_code == 101:
            cast(dict[str, Any], self.scope["extensions"])[EXTENSION] = self.connection
        else:
            self._close_connection()

    async def send(self, message: Any) -> None:
        match message["type"]:
            case "websocket.send" if self.connection.closed:
                raise ClientDisconnected()
            case "websocket.close" if self.handshake_complete:
                self.connection.close(message.get("code", 1000), message.get("reason") or "")
            case "websocket.accept" if self.connection.closed:
                await super().send({"type": "websocket.close"})
            case "websocket.accept":
                await super().send(message)
                if self.handshake_complete:
                    self.connection.open(_window_bits(self.conn.extensions))
                    self._forget_handshake()
            case _:
                await super().send(message)

    async def receive(self) -> Any:
        """As uvicorn has it, but a client that sent much at once lets the others have their turn in between."""
        if self._handled_in_a_row == _SLICE:
            self._handled_in_a_row = 0
            await asyncio.sleep(0)
        inbox: SimpleQueue = self.queue
        if not inbox:
            self._handled_in_a_row = 0
            await inbox.arrival()
        event = inbox.get()
        self._handled_in_a_row += 1
        if not inbox:
            self._resume_reading()
        return event

    def data_received(self, data: bytes) -> None:
        """A little at a time: 256 KiB may hold 40,000 messages, and the others wait while they are taken apart."""
        self._last_received_at = self.loop.time()
        if self._pending_input or len(data) > _BYTES_PER_ITERATION:
            data = self._pending_input + data
            data, self._pending_input = data[:_BYTES_PER_ITERATION], data[_BYTES_PER_ITERATION:]
        super().data_received(data)
        if self._pending_input and not self.read_paused:
            self.read_paused = True
            self.transport.pause_reading()
            self._resume_reading()

    def pause_writing(self) -> None:
        super().pause_writing()
        self.connection.mark_behind()

    def resume_writing(self) -> None:
        super().resume_writing()
        self.connection.mark_drained()

    def shutdown(self) -> None:
        if not self.handshake_complete or self.close_sent:
            self._close_connection()
            return super().shutdown()
        self.loop.call_later(
            random.uniform(0, self._limits.shutdown_jitter),
            self.connection.close,
            GOING_AWAY_FOR_NOW,
            "restarting",
        )

    def connection_lost(self, exc: Exception | None) -> None:
        self._close_connection()
        super().connection_lost(exc)

    def handle_cont(self, event: Frame) -> None:
        if len(self.frames) >= self._fragment_limit:
            self.frames = []
            self.connection.close(_MESSAGE_TOO_BIG, "too many fragments")
        if not self.close_sent:
            super().handle_cont(event)

    def handle_ping(self) -> None:
        """RFC 6455, 5.5.3: pongs may be left out when newer pings follow, so a flood of pings fills no buffer."""
        if self.writable.is_set():
            super().handle_ping()
        else:
            self.conn.data_to_send()

    def handle_close(self, event: Frame) -> None:
        self._close_connection()
        super().handle_close(event)
        self._abort_later()

    def handle_parser_exception(self) -> None:
        self._close_connection()
        super().handle_parser_exception()
        self._abort_later()

    def keepalive_timeout(self) -> None:
        """Silent is who says nothing at all while we listen. A ping that waits behind other bytes gets the time of those."""
        waiting = self.transport.get_write_buffer_size()
        timeout = self._limits.slow_client_timeout if waiting else self.ping_timeout or 0
        if self.read_paused or self.loop.time() - self._last_received_at < timeout:
            self.pong_timer = None
            return self.send_keepalive_ping()
        self._close_connection()
        super().keepalive_timeout()
        self._abort_later()

    def on_task_complete(self, task: asyncio.Task[None]) -> None:
        super().on_task_complete(task)
        self._close_connection()
        self._abort_later()

    # Private

    def _close_connection(self) -> None:
        if not self.connection.closed:
            self.connection.mark_closed()

    def _forget_handshake(self) -> None:
        """Several KiB that nobody asks for again: the scope has its own copy of the headers."""
        self.request.headers = _NO_HEADERS  # websockets' parser keeps the request
        self.request = self.response = None

    def _resume_reading(self) -> None:
        """Go on with what has arrived, in the next turn of the loop, and then with what comes."""
        if not self.read_paused:
            return
        if self._pending_input:
            self.loop.call_soon(self._continue_reading)
        else:
            self.read_paused = False
            self.transport.resume_reading()

    def _continue_reading(self) -> None:
        if self._pending_input and self.read_paused and not self.transport.is_closing():
            self.read_paused = False
            self.data_received(b"")
            if not self.read_paused:
                self.transport.resume_reading()

    def _abort_later(self) -> None:
        """A transport that is closed waits for its buffer to be read, which may be never."""
        if not self.disconnected and self.close_timer is None:
            self.close_timer = self.loop.call_later(self.close_timeout, self.transport.abort)

    def _set_user_timeout(self) -> None:
        """Have the kernel end the connection when the peer acknowledges nothing for longer than any slow reader may take."""
        sock = self.transport.get_extra_info("socket")
        if _USER_TIMEOUT and sock is not None and sock.family in (socket.AF_INET, socket.AF_INET6):
            timeout = self._limits.slow_client_timeout + self.close_timeout
            sock.setsockopt(socket.IPPROTO_TCP, _USER_TIMEOUT, int(timeout * 1000))


def _deflate() -> list[ServerPerMessageDeflateFactory]:
    """Without context takeover a compressed frame means the same on every connection, and no connection keeps a compressor."""
    return [
        ServerPerMessageDeflateFactory(
            server_no_context_takeover=True,
            client_no_context_takeover=True,
            server_max_window_bits=_WINDOW_BITS,
            client_max_window_bits=_WINDOW_BITS,
            compress_settings={"memLevel": 5},
        )
    ]


def _window_bits(extensions: list[Any]) -> int:
    for extension in extensions:
        if isinstance(extension, PerMessageDeflate):
            return extension.local_max_window_bits
    return 0
