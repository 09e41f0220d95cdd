"""A chat room as the documentation of Channels teaches it: the consumers of ``examples/tutorial``, unchanged.

Environment: that of ``django_config``, and ``BENCH_CONSUMER`` (``sync`` or ``async``).
"""

import os

import django_config

django_config.configure()

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from chat.consumers import AsyncRoomConsumer, RoomConsumer  # noqa: E402
from django.urls import path  # noqa: E402

Room = RoomConsumer if os.environ.get("BENCH_CONSUMER") == "sync" else AsyncRoomConsumer
application = ProtocolTypeRouter({"websocket": URLRouter([path("ws/chat/<str:room_name>/", Room.as_asgi())])})
