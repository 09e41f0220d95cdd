"""The tutorial's room with the line that everybody adds next."""

import json

from chat.consumers import AsyncRoomConsumer

from storing.models import Message


class StoringConsumer(AsyncRoomConsumer):
    """Stores each message before it is sent around."""

    async def receive(self, text_data):
        message = json.loads(text_data)["message"]
        await Message.objects.acreate(room=self.group, author=self.channel_name, body=message)
        await self.channel_layer.group_send(self.group, {"type": "chat.message", "message": message})
