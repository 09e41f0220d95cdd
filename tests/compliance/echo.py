"""What the fuzzing client talks to: an echo, and a crowd that is broadcast to all the while."""

import asyncio

from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.urls import path

settings.configure(SECRET_KEY="for tests only", CHANNEL_LAYERS={})

from zashiki import hub  # noqa: E402
from zashiki.hub import HubConsumer  # noqa: E402

PAUSE = 0.01  # seconds between two broadcasts

# Group 9 sends messages of 16 MiB; whether frames are compressed is up to the client, which offers it in groups 12 and 13 alone.
hub.configure(max_frame_size=32 * 2**20, hard_limit=64 * 2**20, compression=True)


class Echo(HubConsumer):
    async def receive(self, text_data=None, bytes_data=None):
        await self.send(text_data, bytes_data)


class Crowd(HubConsumer):
    """Sits and listens. The first who comes starts the broadcasts."""

    speaker = None

    async def connect(self):
        await self.accept()
        await self.subscribe("crowd")
        Crowd.speaker = Crowd.speaker or asyncio.create_task(_speak())


async def _speak():
    while True:
        hub.broadcast("crowd", {"text": "座敷 " * 50})
        hub.broadcast("crowd", b"\x00" * 100, binary=True)
        await asyncio.sleep(PAUSE)


application = ProtocolTypeRouter(
    {"websocket": URLRouter([path("echo", Echo.as_asgi()), path("crowd", Crowd.as_asgi())])}
)
