"""The doors for sockets: zashiki.v1 and the dialect of the Channels tutorial."""

from zashiki.consumers.door import RoomDoor

__all__ = ["RoomDoor"]
