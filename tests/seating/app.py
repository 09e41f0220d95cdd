"""The smallest site with seats: what is said on ``/<topic>`` is broadcast to the topic.

uvicorn --ws zashiki.seating.uvicorn:SeatedProtocol tests.seating.app:application
"""

from __future__ import annotations

import os

from channels.routing import ProtocolTypeRouter
from django.conf import settings

if not settings.configured:
    REDIS_URL = os.environ.get("REDIS_URL")
    LAYER = os.environ.get("LAYER", "channels_redis.pubsub.RedisPubSubChannelLayer")
    layer = (
        {"BACKEND": LAYER, "CONFIG": {"hosts": [REDIS_URL]}}
        if REDIS_URL
        else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
    )
    settings.configure(SECRET_KEY="test", CHANNEL_LAYERS={"default": layer})

from zashiki.seating import SeatedConsumer


class Room(SeatedConsumer):
    """Everything that is said is broadcast."""

    async def connect(self) -> None:
        self.topic = self.scope["path"].strip("/")
        await self.accept()
        await self.sit(self.topic)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.broadcast(
            self.topic, text_data if bytes_data is None else bytes_data, binary=bytes_data is not None
        )


application = ProtocolTypeRouter({"websocket": Room.as_asgi()})
