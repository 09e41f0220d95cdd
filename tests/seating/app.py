"""The smallest sites with seats. ``/<topic>`` is a room in which everything that is said is broadcast.

uvicorn --ws zashiki.seating.uvicorn:SeatedProtocol tests.seating.app:application

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

from zashiki import seating  # noqa: E402
from zashiki.seating import SeatedConsumer  # noqa: E402

seating.configure(**json.loads(os.environ.get("SEATING", "{}")))


class Room(SeatedConsumer):
    """Everything that is said is broadcast."""

    async def connect(self):
        self.topic = self.scope["url_route"]["kwargs"]["topic"]
        await self.accept()
        await self.sit(self.topic)

    async def receive(self, text_data=None, bytes_data=None):
        if bytes_data is None:
            await self.broadcast(self.topic, text_data)
        else:
            await self.broadcast(self.topic, bytes_data, binary=True)


class EarlyRoom(Room):
    """Sits before it accepts, as Channels' tutorial joins its group, and broadcasts in between."""

    async def connect(self):
        self.topic = self.scope["url_route"]["kwargs"]["topic"]
        await self.sit(self.topic)
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
        here = seating.current()
        here.show(self.topic, "first")
        await self.send("second")
        here.show(self.topic, b"third", binary=True)
        await self.send("fourth", close=4000)


class Ticker(Room):
    """Shows so many messages of so many bytes: ``{"count": 10, "size": 1000, "ephemeral": false}``."""

    async def receive(self, text_data=None, bytes_data=None):
        asked = json.loads(text_data)
        for number in range(asked["count"]):
            payload = f"{number} ".ljust(asked["size"], "x")
            seating.current().show(self.topic, payload, ephemeral=asked.get("ephemeral", False))
            await asyncio.sleep(asked.get("pause", 0))


class Echo(SeatedConsumer):
    async def receive(self, text_data=None, bytes_data=None):
        await self.send(text_data, bytes_data)


class Person(SeatedConsumer):
    async def connect(self):
        await self.accept()
        self.seat.person = self.scope["url_route"]["kwargs"]["key"]
        await self.send("welcome")


class Refusing(SeatedConsumer):
    async def connect(self):
        await self.close(4403, "not you")


class Failing(SeatedConsumer):
    async def receive(self, text_data=None, bytes_data=None):
        raise RuntimeError("as the test wants it")


class State(SeatedConsumer):
    """What the process holds, for whoever looks for leaks."""

    ended = []  # what `disconnect` of those was told who asked for it

    async def receive(self, text_data=None, bytes_data=None):
        here = seating.current()
        sizes = {topic: len(here.seats(topic)) for topic in here.topics()}
        await self.send_json({"seats": sizes, "tasks": len(asyncio.all_tasks()), "ended": State.ended})


class Ending(SeatedConsumer):
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
