"""Leaves nothing behind: what a process has one of is closed with it."""

from __future__ import annotations

from typing import Any

from zashiki import process, seating


class Lifespan:
    """Answers the server's lifespan events; everything else goes on to the application."""

    def __init__(self, application: Any) -> None:
        self._application = application

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "lifespan":
            return await self._application(scope, receive, send)
        while True:
            event = (await receive())["type"]
            if event == "lifespan.shutdown":
                await process.current().close()
                await seating.current().close()
            await send({"type": f"{event}.complete"})
            if event == "lifespan.shutdown":
                return
