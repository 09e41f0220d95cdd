"""Which socket address belongs to which consumer."""

from django.urls import re_path

from chat.consumers import AsyncRoomConsumer, EchoConsumer, HubRoomConsumer, RoomConsumer

sockets = [
    re_path(r"^ws/echo/$", EchoConsumer.as_asgi()),
    re_path(r"^ws/sync/(?P<room_name>\w+)/$", RoomConsumer.as_asgi()),
    re_path(r"^ws/async/(?P<room_name>\w+)/$", AsyncRoomConsumer.as_asgi()),
    re_path(r"^ws/hub/(?P<room_name>[^/]+)/$", HubRoomConsumer.as_asgi()),
]
