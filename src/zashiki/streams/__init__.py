"""The live edge of rooms in this process: order, gaps, catching up."""

from zashiki.streams.catch_up import CatchUp
from zashiki.streams.event import Event, event_for
from zashiki.streams.publishing import publish
from zashiki.streams.stream import RoomStream
from zashiki.streams.streams import RoomStreams

__all__ = ["Event", "RoomStream", "RoomStreams", "CatchUp", "publish", "event_for"]
