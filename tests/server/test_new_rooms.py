"""Many people come to a new room in the same moment: one room is created, and all of them are let in."""

import asyncio
from contextlib import AsyncExitStack

from zashiki.testing import ChatClient


async def test_all_who_come_to_a_new_room_at_once_are_let_in(serve):
    server = await asyncio.to_thread(serve)
    async with AsyncExitStack() as opened:
        url = server.socket_url("/ws/zashiki/")
        clients = [await opened.enter_async_context(ChatClient(url)) for _ in range(12)]
        for name in ("tea", "garden", "kitchen"):
            views = await asyncio.gather(*(client.subscribe(name) for client in clients))
            assert len({view.room_id for view in views}) == 1
