"""The same room with a connection for each connection. Environment: that of ``django_config``, and ``BENCH_DEFLATE``."""

import os

import django_config

django_config.configure()

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from django.urls import path  # noqa: E402

from zashiki import hub  # noqa: E402
from zashiki.hub import HubConsumer  # noqa: E402

hub.configure(message_rate=0)  # one person speaks for a hundred here
if os.environ.get("BENCH_DEFLATE"):
    hub.configure(compression=True)


class Room(HubConsumer):
    """Whatever anybody says goes to everybody in the room, as it came."""

    async def connect(self):
        self.topic = "chat." + self.scope["url_route"]["kwargs"]["room_name"]
        await self.accept()
        await self.subscribe(self.topic)

    async def receive(self, text_data=None, bytes_data=None):
        await self.broadcast(self.topic, text_data)


application = ProtocolTypeRouter({"websocket": URLRouter([path("ws/chat/<str:room_name>/", Room.as_asgi())])})
