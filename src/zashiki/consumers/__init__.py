"""The doors for sockets: zashiki.v1 and the dialect of the Channels tutorial."""

from zashiki.consumers.consumer import RoomConsumer

__all__ = ["RoomConsumer"]
