"""A chat_server with real sockets, in the event loop of the test, and the people who live in it."""

import asyncio
import json
import uuid
from collections import deque
from functools import partial

import uvicorn
from asgiref.sync import sync_to_async
from django.contrib.auth import get_user_model
from django.test import Client
from websockets.asyncio.client import connect

from tests.support.servers import free_port
from zashiki.models import Membership, Room

PATIENCE = 10  # seconds that something may take which should take a millisecond
SILENCE = 0.4  # seconds in which something would have come that must not come


class LiveServer:
    """One process of the site, listening on a free port."""

    def __init__(self):
        self.port = free_port()
        config = uvicorn.Config(
            "tests.asgi:application",
            port=self.port,
            ws="zashiki.hub.uvicorn:HubProtocol",
            log_level="warning",
        )
        self._server = uvicorn.Server(config)
        self._devices = []

    async def open(self):
        self._serving = asyncio.create_task(self._server.serve())
        while not self._server.started:
            await asyncio.sleep(0.01)
        return self

    async def close(self):
        for device in self._devices:
            await device.close()
        self._server.should_exit = True
        await self._serving

    async def person(self, name, **more):
        """A user who is signed in; "Aiko Tanaka" has the account "aiko"."""
        return await sync_to_async(Person.new)(self, name, **more)

    async def room(self, name, *members, kind="private"):
        return await sync_to_async(_new_room)(name, members, kind)


class Person:
    def __init__(self, chat_server, user, client):
        self.chat_server = chat_server
        self.user = user
        self.client = client
        self.key = f"u{user.pk}"

    @classmethod
    def new(cls, chat_server, name, **more):
        first, _, last = name.partition(" ")
        user = get_user_model().objects.create_user(
            first.casefold(), first_name=first, last_name=last, **more
        )
        client = Client()
        client.force_login(user)
        return cls(chat_server, user, client)

    async def device(self, *rooms):
        """A new socket of this person, subscription in these rooms."""
        cookie = f"sessionid={self.client.cookies['sessionid'].value}"
        socket = await connect(
            f"ws://127.0.0.1:{self.chat_server.port}/ws/zashiki/",
            subprotocols=["zashiki.v1"],
            additional_headers={"Cookie": cookie},
            proxy=None,
        )
        device = Device(self, socket)
        self.chat_server._devices.append(device)
        for room in rooms:
            await device.sits(room)
        return device


class Device:
    """One socket. Answers are matched by their ref; events are kept until they are asked for."""

    def __init__(self, person, socket):
        self.person = person
        self._socket = socket
        self._refs = 0
        self._answers = {}
        self._events = deque()
        self._heard = asyncio.Event()
        self._ears = asyncio.create_task(self._listen())

    async def close(self):
        await self._socket.close()
        await asyncio.gather(self._ears, return_exceptions=True)

    async def ask(self, type, **fields):
        """The fields of the answer, which must be ``ok``."""
        answer = await self._ask(type, fields)
        assert answer["type"] == "ok", answer
        return answer

    async def is_refused(self, type, **fields):
        """The code of the refusal."""
        answer = await self._ask(type, fields)
        assert answer["type"] == "error", answer
        assert answer["detail"]
        return answer["code"]

    async def sits(self, room, since=None, epoch=None):
        return await self.ask("subscribe", room=room.pk, since=since, epoch=epoch)

    async def says(self, room, body, **more):
        answer = await self.ask("post", room=room.pk, body=body, nonce=uuid.uuid4().hex, **more)
        return answer["message"]

    async def room(self, room):
        """What the list of this person's rooms says of a room."""
        [entry] = [each for each in (await self.ask("rooms"))["rooms"] if each["id"] == room.pk]
        return entry

    async def hears(self, type, **like):
        """The next event of this type with these fields; those before it stay for later."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for event in self._events:
                    if event["type"] == type and like.items() <= event.items():
                        self._events.remove(event)
                        return event
                self._heard.clear()
                await self._heard.wait()

    async def hears_nothing(self, type):
        await asyncio.sleep(SILENCE)
        assert not [event for event in self._events if event["type"] == type]

    async def hears_state(self, message):
        """The next state of a message."""
        return (await self.hears("message", room=message["room"]))["message"]

    def forget(self):
        self._events.clear()

    async def _ask(self, type, fields):
        self._refs += 1
        ref = self._refs
        answer = self._answers[ref] = asyncio.get_running_loop().create_future()
        await self._socket.send(json.dumps({"type": type, "ref": ref, **fields}))
        async with asyncio.timeout(PATIENCE):
            return await answer

    async def _listen(self):
        async for frame in self._socket:
            event = json.loads(frame)
            if event["type"] in {"ok", "error"}:
                self._answers.pop(event["ref"]).set_result(event)
            else:
                self._events.append(event)
                self._heard.set()


def _new_room(name, members, kind):
    room = Room.objects.create(name=name, kind=kind)
    Membership.objects.bulk_create(Membership(room=room, user=each.user) for each in members)
    return room


in_thread = partial(sync_to_async, thread_sensitive=True)
