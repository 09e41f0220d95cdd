"""One readable line per request and two per socket. No query, no body, no link that opens an account."""

from __future__ import annotations

import logging
import time
from typing import Any

from zashiki.hub.consumer import EXTENSION
from zashiki.redaction import redact
from zashiki.server.http.health import PATH as HEALTH
from zashiki.server.http.request_identity import STATE

log = logging.getLogger("zashiki.access")

ANONYMOUS = "-"


class AccessLog:
    """Wraps an application. What `zashiki.server.http.request_identity` finds out about a request comes back in the scope's ``state``."""

    def __init__(self, application: Any) -> None:
        self._application = application

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        lines: dict[str, type[Request | Socket]] = {"http": Request, "websocket": Socket}
        line = lines.get(scope["type"])
        if line is None or not log.isEnabledFor(logging.INFO):
            return await self._application(scope, receive, send)
        scope.setdefault("state", {})
        watched = line(scope, receive, send)
        try:
            return await self._application(scope, watched.receive, watched.send)
        finally:
            watched.end()


class Request:
    """``GET /chat/lobby/ 200 12ms u3 127.0.0.1``"""

    def __init__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        self._scope, self.receive, self._send = scope, receive, send
        self._begun = time.perf_counter()
        self._status: int | None = None

    async def send(self, event: dict[str, Any]) -> None:
        if event["type"] == "http.response.start":
            self._status = event["status"]
        await self._send(event)

    def end(self) -> None:
        scope = self._scope
        # Whoever watches over the server asks all the time; only a refusal is worth a line.
        level = logging.DEBUG if scope["path"] == HEALTH and self._status == 200 else logging.INFO
        milliseconds = (time.perf_counter() - self._begun) * 1000
        status = self._status or "gone"
        log.log(
            level,
            "%s %s %s %.0fms %s %s",
            scope["method"],
            path(scope),
            status,
            milliseconds,
            _identity(scope),
            _address(scope),
        )


class Socket:
    """``SOCKET /ws/zashiki/ open u3 127.0.0.1``, and at the end ``SOCKET /ws/zashiki/ closed 1001 after 63.2s received 12 u3 127.0.0.1``"""

    def __init__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        self._scope, self._receive, self._send = scope, receive, send
        self._begun = time.perf_counter()
        self._received = 0
        self._is_open = False
        self._code: int | None = None

    async def receive(self) -> dict[str, Any]:
        event: dict[str, Any] = await self._receive()
        if event["type"] == "websocket.receive":
            self._received += 1
        elif event["type"] == "websocket.disconnect" and self._code is None:
            self._code = event.get("code")
        return event

    async def send(self, event: dict[str, Any]) -> None:
        if event["type"] == "websocket.accept":
            self._is_open = True
            self._log("open")
        elif event["type"] == "websocket.close" and self._code is None:
            self._code = event.get("code", 1000)
        await self._send(event)

    def end(self) -> None:
        code = self._code or 1006
        if not self._is_open:
            return self._log(f"refused {code}")
        self._log(f"closed {code} after {time.perf_counter() - self._begun:.1f}s received {self._received}")

    def _log(self, what: str) -> None:
        log.info("SOCKET %s %s %s %s", path(self._scope), what, _identity(self._scope), _address(self._scope))


def path(scope: dict[str, Any]) -> str:
    """The path as it can be read, in one word and without secrets."""
    word = "".join(
        sign if sign.isprintable() and sign != " " else f"%{ord(sign):02X}" for sign in scope["path"]
    )
    return redact(word)


def _identity(scope: dict[str, Any]) -> str:
    connection = (scope.get("extensions") or {}).get(EXTENSION)
    return str(getattr(connection, "owner", None) or scope["state"].get(STATE) or ANONYMOUS)


def _address(scope: dict[str, Any]) -> str:
    return scope["client"][0] if scope.get("client") else ANONYMOUS
