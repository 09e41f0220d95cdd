"""Django's way from a request to its page, in threads that stay.

By itself Django makes a thread for each request under ASGI, with it a connection to the database, and crosses between thread and event
loop at each change between synchronous and asynchronous parts, and once more for each of its signals. Ours are all synchronous: one
crossing is enough.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import IO, Any

from asgiref.sync import sync_to_async
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.signals import request_started
from django.http import FileResponse, HttpResponseBase
from django.urls import set_script_prefix

from zashiki.server.config.public_address import PublicRequest

THREADS = 6  # the interpreter runs one at a time; the others may wait for the database, the mail or a password's hash


class ThreadPoolHandler(ASGIHandler):
    """A thread is lent for as long as a page is made, not while a slow client sends or reads."""

    request_class = PublicRequest

    def __init__(self) -> None:
        super().__init__()
        # The thread that came back last is lent first: its connection and its caches are the warmest.
        self._free: asyncio.LifoQueue[ThreadPoolExecutor] = asyncio.LifoQueue()
        for number in range(THREADS):
            self._free.put_nowait(ThreadPoolExecutor(1, f"page-{number}"))

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        with body:
            response = await self._answered(scope, body)
            await self.send_response(response, send)
            if response.streaming:
                await sync_to_async(response.close)()

    async def _answered(self, scope: dict[str, Any], body: IO[bytes]) -> HttpResponseBase:
        thread = await self._free.get()
        try:
            # Without asgiref's `sync_to_async`, which takes as long again as the crossing itself; nothing in a page crosses back.
            answer = partial(copy_context().run, self._answer, scope, body)
            return await asyncio.get_running_loop().run_in_executor(thread, answer)
        finally:
            self._free.put_nowait(thread)

    def _answer(self, scope: dict[str, Any], body: IO[bytes]) -> HttpResponseBase:
        """The signals at both ends are what looks after this thread's connection to the database."""
        set_script_prefix(get_script_prefix(scope))
        request_started.send(sender=type(self), scope=scope)
        request, fault = self.create_request(scope, body)
        response: HttpResponseBase | None = fault if request is None else self.get_response(request)
        assert response is not None  # there is a request or a fault
        response._handler_class = type(self)  # type: ignore[attr-defined]  # as Django's own handler does
        if isinstance(response, FileResponse):
            response.block_size = self.chunk_size
        if not response.streaming:
            response.close()
        return response
