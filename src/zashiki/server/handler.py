"""Django's way from a request to its page, in threads that stay.

By itself Django makes a thread for each request under ASGI, with it a connection to the database, and crosses between thread and event
loop at each change between synchronous and asynchronous parts. Ours are all synchronous: one crossing is enough.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.core.handlers.asgi import ASGIHandler, ASGIRequest
from django.db import close_old_connections
from django.http import HttpResponseBase

THREADS = 6  # the interpreter runs one at a time; the others may wait for the database, the mail or a password's hash


class PageHandler(ASGIHandler):
    """A thread is lent for as long as a page is made, not while a slow client sends or reads."""

    def __init__(self) -> None:
        super().__init__()
        # The thread that came back last is lent first: its connection and its caches are the warmest.
        self._free: asyncio.LifoQueue[ThreadPoolExecutor] = asyncio.LifoQueue()
        for number in range(THREADS):
            self._free.put_nowait(ThreadPoolExecutor(1, f"page-{number}"))

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        await self.handle(scope, receive, send)

    async def get_response_async(self, request: ASGIRequest) -> HttpResponseBase:
        thread = await self._free.get()
        try:
            async with ThreadSensitiveContext(executor=thread):
                return await sync_to_async(self._answer)(request)
        finally:
            self._free.put_nowait(thread)

    def _answer(self, request: ASGIRequest) -> HttpResponseBase:
        close_old_connections()
        try:
            return self.get_response(request)
        finally:
            close_old_connections()
