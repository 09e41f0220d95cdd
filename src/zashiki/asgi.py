"""The one line of routing: ``application = with_rooms(get_asgi_application())``."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

from channels.auth import AuthMiddlewareStack
from django.core.handlers.asgi import ASGIHandler

from zashiki import conf, process
from zashiki.consumers import RoomDoor
from zashiki.origins import may_connect

App = Callable[[dict[str, Any], Any, Any], Awaitable[Any]]


def with_rooms(application: App) -> App:
    """The site's application, with the sockets of its rooms.

    Args:
        application: the site's own; gets everything but Zashiki's sockets.
    """
    return WithRooms(application)


class WithRooms:
    """See `with_rooms`. A class, so that a system check can recognise it."""

    def __init__(self, application: App) -> None:
        self._application = application
        self._sockets = AuthMiddlewareStack(RoomDoor.as_asgi())
        self._takes_sockets = not isinstance(application, ASGIHandler)
        # The path may begin with whatever prefix the site lives under.
        path = re.escape(conf.get("SOCKET_URL").strip("/"))
        self._path = re.compile(rf"(?:^|/){path}/(?:(?P<all>zashiki)|chat/(?P<room>.+?))/\Z", re.DOTALL)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        if scope["type"] == "lifespan" and not self._takes_sockets:
            return await _live(receive, send)
        if scope["type"] != "websocket":
            return await self._application(scope, receive, send)
        if (found := self._path.search(scope["path"])) is None:
            return await self._elsewhere(scope, receive, send)
        if not may_connect(scope):
            return await send({"type": "websocket.close", "code": 4403, "reason": "foreign origin"})
        return await self._sockets({**scope, "zashiki_room": found["room"]}, receive, send)

    async def _elsewhere(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        if self._takes_sockets:
            return await self._application(scope, receive, send)
        return await send({"type": "websocket.close", "code": 4404, "reason": "no such socket"})


async def _live(receive: Any, send: Any) -> None:
    """The server's lifespan (ASGI lifespan protocol 2.0): what waits for the writer is stored before the process ends."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        else:
            await process.close_current()
            return await send({"type": "lifespan.shutdown.complete"})
