"""The shop tests itself: a customer asks in the room of an order, over the socket, and the shop reads it."""

from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.test import TransactionTestCase
from shop.asgi import application

from orders.models import Customer, Order
from zashiki.models import Message, Room
from zashiki.testing import signed_in


class RoomTests(TransactionTestCase):
    def setUp(self):
        aiko = Customer.objects.register("aiko@example.org", "Aiko", "room")
        self.room = Room.objects.of(Order.objects.create(customer=aiko, what="Paper lantern"))
        [(name, value)] = signed_in(aiko).items()
        self.headers = [(b"cookie", f"{name}={value}".encode())]

    async def test_a_customer_asks(self):
        socket = WebsocketCommunicator(application, "/ws/zashiki/", self.headers, subprotocols=["zashiki.v1"])
        self.assertTrue((await socket.connect())[0])
        await socket.send_json_to({"type": "subscribe", "ref": 1, "room": self.room.pk})
        self.assertEqual((await socket.receive_json_from(5))["type"], "ok")
        await socket.send_json_to(
            {"type": "post", "ref": 2, "room": self.room.pk, "body": "Is it red?", "nonce": "a"}
        )
        self.assertEqual((await socket.receive_json_from(5))["message"]["body"], "Is it red?")
        await socket.disconnect()
        self.assertTrue(await sync_to_async(Message.objects.filter(room=self.room).exists)())

    async def test_nobody_else_does(self):
        socket = WebsocketCommunicator(application, "/ws/zashiki/", subprotocols=["zashiki.v1"])
        await socket.connect()
        self.assertEqual((await socket.receive_output(5))["code"], 4403)
