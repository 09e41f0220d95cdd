"""The smallest sites with connections. ``/<topic>`` is a room in which everything that is said is broadcast.

uvicorn --ws zashiki.hub.uvicorn:HubProtocol tests.hub.app:application

Environment: ``REDIS_URL`` for more than one process, ``LAYER`` for another layer, ``SEATING`` for options as JSON.
"""

import asyncio
import json
import os

from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.urls import path

IN_MEMORY = "channels.layers.InMemoryChannelLayer"
PUB_SUB = "channels_redis.pubsub.RedisPubSubChannelLayer"

if not settings.configured:
    _hosts = [{"address": os.environ.get("REDIS_URL"), "socket_timeout": None}]
    _layer = {"BACKEND": os.environ.get("LAYER", PUB_SUB), "CONFIG": {"hosts": _hosts}}
    settings.configure(
        SECRET_KEY="for tests only",
        CHANNEL_LAYERS={"default": _layer if os.environ.get("REDIS_URL") else {"BACKEND": IN_MEMORY}},
    )

from zashiki import hub  # noqa: E402
from zashiki.hub import HubConsumer  # noqa: E402

hub.configure(**json.loads(os.environ.get("SEATING", "{}")))


class Room(HubConsumer):
    """Everything that is said is broadcast."""

    async def connect(self):
        self.topic = self.scope["url_route"]["kwargs"]["topic"]
        await self.accept()
        await self.subscribe(self.topic)

    async def receive(self, text_data=None, bytes_data=None):
        if bytes_data is None:
            await self.broadcast(self.topic, text_data)
        else:
            await self.broadcast(self.topic, bytes_data, binary=True)


class EarlyRoom(Room):
    """Sits before it accepts, as Channels' tutorial joins its group, and broadcasts in between."""

    async def connect(self):
        self.topic = self.scope["url_route"]["kwargs"]["topic"]
        await self.subscribe(self.topic)
        await self.broadcast(self.topic, "early")
        await self.accept()


class ToldRoom(Room):
    """Tells the speaker, behind the broadcast, whether everybody was reached."""

    async def receive(self, text_data=None, bytes_data=None):
        everybody = await self.broadcast(self.topic, text_data)
        await self.send_json({"everybody": everybody})


class FarewellRoom(Room):
    """Says something in four ways, in one turn, and closes."""

    async def receive(self, text_data=None, bytes_data=None):
        here = hub.get_hub()
        here.publish(self.topic, "first")
        await self.send("second")
        here.publish(self.topic, b"third", binary=True)
        await self.send("fourth", close=4000)


class Ticker(Room):
    """Shows so many messages of so many bytes: ``{"count": 10, "size": 1000, "ephemeral": false}``."""

    async def receive(self, text_data=None, bytes_data=None):
        asked = json.loads(text_data)
        for number in range(asked["count"]):
            payload = f"{number} ".ljust(asked["size"], "x")
            hub.get_hub().publish(self.topic, payload, ephemeral=asked.get("ephemeral", False))
            await asyncio.sleep(asked.get("pause", 0))


class Echo(HubConsumer):
    async def receive(self, text_data=None, bytes_data=None):
        await self.send(text_data, bytes_data)


class Person(HubConsumer):
    async def connect(self):
        await self.accept()
        self.connection.owner = self.scope["url_route"]["kwargs"]["key"]
        await self.send("welcome")


class Refusing(HubConsumer):
    async def connect(self):
        await self.close(4403, "not you")


class Failing(HubConsumer):
    async def receive(self, text_data=None, bytes_data=None):
        raise RuntimeError("as the test wants it")


class State(HubConsumer):
    """What the process holds, for whoever looks for leaks."""

    ended = []  # what `disconnect` of those was told who asked for it

    async def receive(self, text_data=None, bytes_data=None):
        here = hub.get_hub()
        sizes = {topic: len(here.connections(topic)) for topic in here.topics()}
        await self.send_json({"connections": sizes, "tasks": len(asyncio.all_tasks()), "ended": State.ended})


class Ending(HubConsumer):
    """Remembers how it ended; ``fail`` and ``close`` end it."""

    async def receive(self, text_data=None, bytes_data=None):
        if text_data == "fail":
            raise RuntimeError("as the test wants it")
        await self.close(4001)

    async def disconnect(self, code):
        State.ended.append(code)


application = ProtocolTypeRouter(
    {
        "websocket": URLRouter(
            [
                path("early/<topic>", EarlyRoom.as_asgi()),
                path("told/<topic>", ToldRoom.as_asgi()),
                path("farewell/<topic>", FarewellRoom.as_asgi()),
                path("ticker/<topic>", Ticker.as_asgi()),
                path("person/<key>", Person.as_asgi()),
                path("echo", Echo.as_asgi()),
                path("refusing", Refusing.as_asgi()),
                path("failing", Failing.as_asgi()),
                path("state", State.as_asgi()),
                path("ending", Ending.as_asgi()),
                path("<topic>", Room.as_asgi()),
            ]
        )
    }
)
