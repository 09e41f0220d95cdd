"""uvicorn's HTTP protocol with limits: httptools has none for the size of headers, and uvicorn none for the time that a request takes to arrive.

The class below is internal to uvicorn, hence the pinned range in pyproject.toml; tests/server/test_http_protocol.py tells when an
upgrade changes what is relied on here.
"""

from __future__ import annotations

import asyncio
import socket
import time
from collections import Counter
from functools import cache
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from zashiki.hub.connection_limits import network_prefix
from zashiki.server.config.options import option

FIELDS_LIMIT = 100  # header fields of a request, as Apache has it
LINGER = 3.0  # seconds in which a client that is refused may go on sending before it is cut off, so that it reads why
UNACKNOWLEDGED = 60  # seconds that a client may acknowledge nothing of an answer
_USER_TIMEOUT: int = getattr(socket, "TCP_USER_TIMEOUT", 0)  # Linux has it

_open: set[BoundedHttpProtocol] = set()


class BoundedHttpProtocol(HttpToolsProtocol):
    """Refuses with 431 headers that are too large, with 408 those that come too slowly, with 503 when there are too many connections."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._head_limit, self._head_timeout, self._connections_limit = _limits()
        self.network = ""
        self._head_timer: asyncio.TimerHandle | None = None
        self._linger: asyncio.TimerHandle | None = None
        self._refused = False
        self._in_body = False  # the head of a request has come, and its end has not
        self._idle_size = 0  # bytes that came since a head was complete, or part of a body came
        self._fields = self._fields_size = 0  # of the request that is being read
        self.waiting_since = 0.0  # since when the client is waited for, by `time.monotonic`

    @property
    def is_waiting(self) -> bool:
        """Whether it is the client's turn: to send, or to read."""
        cycle = self.cycle
        return cycle is None or cycle.response_complete or cycle.more_body or self.flow.write_paused

    # What the transport tells

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)  # type: ignore[arg-type]
        self.network = network_prefix(self.client[0]) if self.client else ""
        self.waiting_since = time.monotonic()
        _give_up_on_dead_peers(self.transport)
        if not _make_room(self._connections_limit):
            return self._refuse(503)
        _open.add(self)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        _open.discard(self)
        self._cancel_timers()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        self._idle_size += len(data)
        super().data_received(data)
        if self._idle_size > self._head_limit and not self._refused:
            self._refuse(431)
        elif self._idle_size and self._head_timer is None and not self._in_body:
            self._await_head()

    def pause_writing(self) -> None:
        self.waiting_since = time.monotonic()
        super().pause_writing()

    # What the parser tells

    def on_message_begin(self) -> None:
        self._fields = self._fields_size = 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        self._fields_size += len(url)
        if self._fields_size <= self._head_limit:
            super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Also for what may follow a chunked body."""
        self._fields += 1
        self._fields_size += len(name) + len(value)
        if not self._is_too_large:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._idle_size = 0
        if self._refused:
            return
        if self._is_too_large:
            return self._refuse(431)
        self._cancel_timers()
        self._in_body = True
        self.waiting_since = time.monotonic()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._idle_size = 0
        if not self._refused:
            super().on_body(body)

    def on_message_complete(self) -> None:
        self._idle_size = 0
        self._in_body = False
        if self._refused:
            return
        if self._is_too_large:
            return self._refuse(431)
        if self._linger is not None:
            self._linger.cancel()
            self._linger = None
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )
        super().on_message_complete()

    # What uvicorn tells

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self.waiting_since = time.monotonic()
        if self._in_body and not self.transport.is_closing():
            # Answered before it has sent all: it may go on for a moment, since a browser reads no answer before it has sent its form.
            self._unset_keepalive_if_required()
            self._linger = self.loop.call_later(LINGER, self.transport.abort)

    def handle_websocket_upgrade(self) -> None:
        if self._refused:
            return
        _open.discard(self)
        self._cancel_timers()
        super().handle_websocket_upgrade()

    # Private

    @property
    def _is_too_large(self) -> bool:
        return self._fields > FIELDS_LIMIT or self._fields_size > self._head_limit

    def _await_head(self) -> None:
        self._head_timer = self.loop.call_later(self._head_timeout, self._head_is_late)

    def _head_is_late(self) -> None:
        self._head_timer = None
        if self._idle_size:
            self._refuse(408)
        else:
            self.transport.close()

    def _cancel_timers(self) -> None:
        for timer in (self._head_timer, self._linger):
            if timer is not None:
                timer.cancel()
        self._head_timer = self._linger = None

    def _refuse(self, status: int) -> None:
        """Say why, and listen to nothing more."""
        self._refused = True
        self._cancel_timers()
        self._unset_keepalive_if_required()
        if self.cycle is not None and not self.cycle.response_complete:
            self.transport.abort()  # amid an answer there is no place for another
        elif not self.transport.is_closing():
            self.transport.write(STATUS_LINE[status] + b"content-length: 0\r\nconnection: close\r\n\r\n")
            if self.transport.can_write_eof():
                self.transport.write_eof()
            self._linger = self.loop.call_later(LINGER, self.transport.abort)


def _make_room(limit: int) -> bool:
    """Whether one more connection fits. If need be the client that has been waited for longest goes, of the network that has the most such."""
    if not limit or len(_open) < limit:
        return True
    waiting = [each for each in _open if each.is_waiting]
    if not waiting:
        return False
    [(most, _)] = Counter(each.network for each in waiting).most_common(1)
    longest = min((each for each in waiting if each.network == most), key=lambda each: each.waiting_since)
    _open.discard(longest)
    longest.transport.abort()
    return True


@cache
def _limits() -> tuple[int, float, int]:
    return option("HEADER_LIMIT"), option("HEADER_PATIENCE"), option("HTTP_CONNECTIONS")


def _give_up_on_dead_peers(transport: asyncio.Transport) -> None:
    """Have the kernel end a connection whose peer takes nothing of an answer."""
    sock = transport.get_extra_info("socket")
    if _USER_TIMEOUT and sock is not None and sock.family in (socket.AF_INET, socket.AF_INET6):
        sock.setsockopt(socket.IPPROTO_TCP, _USER_TIMEOUT, UNACKNOWLEDGED * 1000)
