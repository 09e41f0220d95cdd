"""The one line of routing: ``application = with_rooms(get_asgi_application())``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from django.core.handlers.asgi import ASGIHandler

from zashiki.consumers import RoomConsumer
from zashiki.handshake.origins import canonical, origin_allowed
from zashiki.handshake.paths import room_of
from zashiki.limits.request_bodies import BoundedBodies, limit_of_page
from zashiki.realtime import runtime
from zashiki.utf8 import scope_has_text_path

App = Callable[[dict[str, Any], Any, Any], Awaitable[Any]]


def with_rooms(application: App) -> App:
    """The site's application, with the sockets of its rooms.

    Args:
        application: the site's own; gets everything but Zashiki's sockets.
    """
    return WithRooms(application)


class WithRooms:
    """See `with_rooms`. A class, so that a system check can recognise it.

    Attributes:
        application: the site's own.
    """

    def __init__(self, application: App) -> None:
        self.application = application
        self._pages = BoundedBodies(application, limit_of_page)
        self._sockets = RoomConsumer.as_asgi()
        self._takes_sockets = not isinstance(application, ASGIHandler)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        if scope["type"] == "lifespan" and not self._takes_sockets:
            return await _handle_lifespan(receive, send)
        if scope["type"] == "http":
            return await self._pages(canonical(scope), receive, send)
        if scope["type"] != "websocket":
            return await self.application(scope, receive, send)
        if (found := room_of(scope)) is None:
            return await self._not_our_path(scope, receive, send)
        if not scope_has_text_path(scope):
            return await send({"type": "websocket.close", "code": 4404, "reason": "no such room"})
        scope = canonical(scope)
        if not origin_allowed(scope):
            return await send({"type": "websocket.close", "code": 4403, "reason": "origin not allowed"})
        return await self._sockets({**scope, "zashiki_room": found["room"]}, receive, send)

    async def _not_our_path(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        if self._takes_sockets:
            return await self.application(scope, receive, send)
        return await send({"type": "websocket.close", "code": 4404, "reason": "not found"})


async def _handle_lifespan(receive: Any, send: Any) -> None:
    """The server's lifespan (ASGI lifespan protocol 2.0): what waits for the writer is stored before the process ends."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        else:
            await runtime.close_runtime()
            await send({"type": "lifespan.shutdown.complete"})
            return
