"""Three consumers as the documentation of Channels teaches them, and one that is a hub connection.

They are here to be read, to be run on every layer, and to be outgrown: ``docs/from-the-tutorial.md`` says
where each of them breaks and turns them into a room of Zashiki.
"""

import json
import unicodedata

from asgiref.sync import async_to_sync
from channels.generic.websocket import AsyncWebsocketConsumer, WebsocketConsumer

from zashiki.hub import HubConsumer


class EchoConsumer(WebsocketConsumer):
    """Answers whoever speaks, and nobody else: no layer is needed."""

    def receive(self, text_data):
        message = json.loads(text_data)["message"]
        self.send(text_data=json.dumps({"message": message}))


class RoomConsumer(WebsocketConsumer):
    """A room. The methods are synchronous, so each crosses to the layer by ``async_to_sync``."""

    def connect(self):
        self.group = "chat_" + self.scope["url_route"]["kwargs"]["room_name"]
        async_to_sync(self.channel_layer.group_add)(self.group, self.channel_name)
        self.accept()

    def disconnect(self, code):
        async_to_sync(self.channel_layer.group_discard)(self.group, self.channel_name)

    def receive(self, text_data):
        message = json.loads(text_data)["message"]
        async_to_sync(self.channel_layer.group_send)(self.group, {"type": "chat.message", "message": message})

    def chat_message(self, event):
        """Called in every member of the group: ``type`` names the method, its dot read as an underscore."""
        self.send(text_data=json.dumps({"message": event["message"]}))


class AsyncRoomConsumer(AsyncWebsocketConsumer):
    """The same room without threads: what waits is awaited."""

    async def connect(self):
        self.group = "chat_" + self.scope["url_route"]["kwargs"]["room_name"]
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()

    async def disconnect(self, code):
        await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive(self, text_data):
        message = json.loads(text_data)["message"]
        await self.channel_layer.group_send(self.group, {"type": "chat.message", "message": message})

    async def chat_message(self, event):
        await self.send(text_data=json.dumps({"message": event["message"]}))


class HubRoomConsumer(HubConsumer):
    """The same room on a hub connection: a broadcast is encoded once for all of them."""

    async def connect(self):
        # One name, one room: an accented letter can be written in two ways.
        self.topic = "chat/" + unicodedata.normalize("NFC", self.scope["url_route"]["kwargs"]["room_name"])
        await self.subscribe(self.topic)
        await self.accept()

    async def receive(self, text_data):
        message = json.loads(text_data)["message"]
        await self.broadcast(self.topic, {"message": message})
