"""The same room with a seat for each connection. Environment: that of ``house``, and ``BENCH_DEFLATE``."""

import os

import house

house.configure()

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from django.urls import path  # noqa: E402

from zashiki import seating  # noqa: E402
from zashiki.seating import SeatedConsumer  # noqa: E402

seating.configure(message_rate=0)  # one person speaks for a hundred here
if os.environ.get("BENCH_DEFLATE"):
    seating.configure(deflate=True)


class Room(SeatedConsumer):
    """Whatever anybody says goes to everybody in the room, as it came."""

    async def connect(self):
        self.topic = "chat." + self.scope["url_route"]["kwargs"]["room_name"]
        await self.accept()
        await self.sit(self.topic)

    async def receive(self, text_data=None, bytes_data=None):
        await self.broadcast(self.topic, text_data)


application = ProtocolTypeRouter({"websocket": URLRouter([path("ws/chat/<str:room_name>/", Room.as_asgi())])})
