"""For the tests of sites with rooms: a client that speaks zashiki.v1, and the cookies that make it somebody.

    async with ChatClient("ws://127.0.0.1:8000/ws/zashiki/", cookies=signed_in(user)) as client:
        lobby = await client.subscribe("lobby")
        message = await client.post(lobby, "Tea is ready")

Needs the package ``websockets``, which the stand-alone server brings.
"""

from zashiki.testing.client import AccessLost, ChatClient, CommandError
from zashiki.testing.cookies import signed_in, visiting
from zashiki.testing.room_state import RoomState

__all__ = ["ChatClient", "AccessLost", "CommandError", "RoomState", "signed_in", "visiting"]
