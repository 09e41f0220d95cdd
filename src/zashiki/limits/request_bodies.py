"""Bodies of requests have an end: in bytes, in time, and together. Asked before Django, which keeps a whole body before any view is asked."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings
from django.urls import Resolver404, resolve

from zashiki import conf
from zashiki.hub.consumer import address_of
from zashiki.people.avatars import BYTES_LIMIT

Limit = Callable[[dict[str, Any]], int | None]

PICTURE_LIMIT = 2 * BYTES_LIMIT  # bytes; a picture that is a little too large gets a sentence in its form
GRACE = 20.0  # seconds for a body to arrive, and beyond that
LEAST_RATE = 4096  # bytes per second; as Apache's mod_reqtimeout has it, a slow line takes longer and a silent one is cut off
HELD_OF_NETWORK = 32 * 1024**2  # bytes of bodies that one network may have under way in this process
HELD = 256 * 1024**2  # bytes of all bodies under way in this process

_SENTENCES = {
    408: b"This came too slowly.\n",
    413: b"This is larger than what may be sent here.\n",
    503: b"Too much is being sent at the moment; try again.\n",
}


class BoundedBodies:
    """An application whose requests' bodies are bounded.

    Args:
        application: gets the requests that are taken.
        limit_of: the most bytes for a scope; ``None`` to leave a request alone.
    """

    def __init__(self, application: Callable[..., Awaitable[Any]], limit_of: Limit) -> None:
        self._application = application
        self._limit_of = limit_of

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        if scope["type"] != "http" or not (length := _announced(scope)):
            return await self._application(scope, receive, send)
        limit = self._limit_of(scope)
        if limit is None:
            return await self._application(scope, receive, send)
        body = _Body(receive, send, limit, address_of(scope) or "")
        try:
            if length > limit:
                raise _Refused(413)
            return await self._application(scope, body.receive, body.send)
        except _Refused as refusal:
            if not body.answered:
                await _answer(send, refusal.status)
        finally:
            body.release()


def limit_of_page(scope: dict[str, Any]) -> int | None:
    """The limit for pages of ours; ``None`` for those of the site around them."""
    path = str(scope["path"]).removeprefix(str(scope.get("root_path", "")).rstrip("/"))
    try:
        found = resolve(path, getattr(settings, "ROOT_URLCONF", None))
    except Resolver404:
        return None
    if "zashiki" not in found.app_names:
        return None
    return PICTURE_LIMIT if found.url_name == "profile" else int(conf.get("REQUEST_LIMIT"))


def limit_of_other(scope: dict[str, Any]) -> int | None:
    """The limit for everything else, of a server that is ours as a whole; ``None`` for what `limit_of_page` has a limit for."""
    return None if limit_of_page(scope) is not None else int(conf.get("REQUEST_LIMIT"))


class _Refused(Exception):
    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class _Body:
    """One request's body on its way in.

    Attributes:
        answered: whether the application has begun to answer.
    """

    _held: Counter[str] = Counter()  # bytes by network

    def __init__(self, receive: Any, send: Any, limit: int, network: str) -> None:
        self._receive, self._send = receive, send
        self._limit, self._network = limit, network
        self._begun = time.monotonic()
        self._size = 0
        self._complete = False
        self.answered = False

    async def receive(self) -> dict[str, Any]:
        """
        Raises:
            _Refused: too large, too slow, or too much at once.
        """
        if self._complete:
            message: dict[str, Any] = await self._receive()
            return message
        until = self._begun + GRACE + self._size / LEAST_RATE
        try:
            async with asyncio.timeout(until - time.monotonic()):
                message = await self._receive()
        except TimeoutError:
            raise _Refused(408) from None
        self._take(len(message.get("body", b"")))
        self._complete = not message.get("more_body", False)
        return message

    async def send(self, message: dict[str, Any]) -> None:
        self.answered = True
        await self._send(message)

    def release(self) -> None:
        self._held[self._network] -= self._size
        if self._held[self._network] <= 0:
            del self._held[self._network]

    def _take(self, size: int) -> None:
        self._size += size
        self._held[self._network] += size
        if self._size > self._limit:
            raise _Refused(413)
        if self._held[self._network] > HELD_OF_NETWORK or (size and self._held.total() > HELD):
            raise _Refused(503)


def _announced(scope: dict[str, Any]) -> int:
    """The length of the body by its header; 1 when it will end where it ends, 0 when there is none."""
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() else 1
        if name == b"transfer-encoding":
            return 1
    return 0


async def _answer(send: Any, status: int) -> None:
    sentence = _SENTENCES[status]
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(sentence)).encode()),
        (b"cache-control", b"no-store"),
    ]
    if status == 503:
        headers.append((b"retry-after", b"5"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": sentence})
