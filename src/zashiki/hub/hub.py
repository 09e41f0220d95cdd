"""Who sits where in this process, and what they are shown."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from typing import Any

from zashiki.hub.connection import Connection
from zashiki.hub.frames import Frame
from zashiki.hub.relay import Relay
from zashiki.hub.write_buffer import WriteBuffer

Listener = Callable[[str, dict[str, Any]], None]

_BUFFER_LIMIT = 256 * 1024  # bytes gathered at which a turn is written without waiting for its end


class Hub:
    """Topics and connections of one event loop. To be used on that loop only; `zashiki.hub.broadcast` is for everybody else.

    A connection gets exactly what is shown while it sits: nothing from before, and nothing after it has left.

    Args:
        layer: the channel layer to the other processes; ``None`` if there are none.

    Attributes:
        relay: the way to the other processes.
    """

    def __init__(self, layer: Any) -> None:
        self._loop = asyncio.get_running_loop()
        self._connections: dict[
            str, dict[Connection, None]
        ] = {}  # a dict is a set in the order of subscription down, which is also that of memory
        self._buffer = WriteBuffer()
        self._scheduled_flush: asyncio.Handle | None = None
        self._newly_behind: list[Connection] | None = (
            None  # those who fell behind in the flush that is running
        )
        self._listeners: list[tuple[str, Listener]] = []
        self.relay = Relay(layer, self._on_relayed)

    async def subscribe(self, topic: str, connection: Connection) -> None:
        """Connection at once; returns when what other processes broadcast arrives here too, or when the layer is down."""
        self.add(topic, connection)
        await self.relay.wait_joined(topic)

    def add(self, topic: str, connection: Connection) -> None:
        """Connection at once, without waiting for the layer. A closed connection is not seated."""
        if connection.closed:
            return
        if self._buffer.has_topic(topic):
            self.flush()
        if topic not in self._connections:
            self._connections[topic] = {}
            self.relay.join(topic)
        self._connections[topic][connection] = None
        connection.topics.add(topic)
        connection.attach(self)

    def unsubscribe(self, topic: str, connection: Connection) -> None:
        """Take the connection away; no fault if it does not sit there."""
        if topic not in connection.topics:
            return
        if self._buffer.has_topic(topic):
            self.flush()
        # The flush may have closed the connection or put it behind, and whoever was told may have had it leave.
        if topic in connection.topics:
            self._remove(topic, connection)

    def unsubscribe_all(self, connection: Connection) -> None:
        self.flush_for(connection)
        for topic in list(connection.topics):
            self._remove(topic, connection)

    def connections(self, topic: str) -> Collection[Connection]:
        return self._connections.get(topic, ())

    def topics(self) -> Collection[str]:
        """Those with connections in this process."""
        return self._connections.keys()

    def publish(
        self, topic: str, payload: bytes | str, *, binary: bool = False, ephemeral: bool = False
    ) -> None:
        """To everybody who sits here, in this process alone.

        Args:
            payload: a whole message; UTF-8 unless `binary`.
            ephemeral: to be dropped for a connection that has more than its low mark waiting.
        """
        if topic not in self._connections:
            return
        self._buffer.add_broadcast(
            topic, Frame(payload.encode() if isinstance(payload, str) else payload, binary, ephemeral)
        )
        if self._buffer.size >= _BUFFER_LIMIT:
            self.flush()
        elif self._scheduled_flush is None:
            self._scheduled_flush = self._loop.call_soon(self.flush)

    def buffer_private(self, connection: Connection, frame: Frame) -> bool:
        """Gather a private message behind what the connection is shown in this turn. False if nothing was: it can go at once."""
        if self._buffer and connection.live and self._buffer.has_frames_for(connection):
            self._buffer.add_private(connection, frame)
            if self._buffer.size >= _BUFFER_LIMIT:
                self.flush()
            return True
        return False

    def flush(self) -> None:
        """Write what this turn has gathered now: one write for each connection."""
        if self._scheduled_flush is not None:
            self._scheduled_flush.cancel()
            self._scheduled_flush = None
        if not self._buffer:
            return
        turn, self._buffer = self._buffer, WriteBuffer()
        fallen: list[Connection] = []
        self._newly_behind = fallen
        for batch, connections in turn.batches(self._connections):
            for connection in connections:
                connection.write(batch)
        self._newly_behind = None
        for connection in fallen:
            connection.notify_behind()

    def flush_for(self, connection: Connection) -> None:
        """The same, if the connection gets something of it."""
        if self._buffer and connection.live and self._buffer.has_frames_for(connection):
            self.flush()

    def defer_until_flushed(self, connection: Connection) -> bool:
        """Whether a connection that just fell behind will be told by the flush that is running: nobody is called in the midst of it."""
        if self._newly_behind is None:
            return False
        self._newly_behind.append(connection)
        return True

    async def broadcast(
        self, topic: str, payload: bytes | str, *, binary: bool = False, ephemeral: bool = False
    ) -> bool:
        """To everybody who sits here in any process. False: in this one only, since the layer is down."""
        self.publish(topic, payload, binary=binary, ephemeral=ephemeral)
        return await self.relay.send_broadcast(topic, payload, binary=binary, ephemeral=ephemeral)

    def on_notification(self, prefix: str, listener: Listener) -> None:
        """Have rings on topics with this prefix told: called with the topic and the message. For topics that are joined or sat in."""
        self._listeners.append((prefix, listener))

    def watch(self, topic: str) -> None:
        """Hear rings on a topic without a connection in it, until `part` is called as often."""
        self.relay.join(topic)

    def unwatch(self, topic: str) -> None:
        self.relay.leave(topic)

    async def notify(self, topic: str, message: dict[str, Any]) -> bool:
        """Tell the listeners in every other process. False: nobody was told, since the layer is down."""
        return await self.relay.send_notification(topic, message)

    async def renew(self) -> None:
        """Join all groups again: a layer may have forgotten them. To be called by a heartbeat."""
        await self.relay.renew()

    async def close(self) -> None:
        """Leave the layer. Seats stay as they are."""
        self.flush()
        await self.relay.close()

    def _remove(self, topic: str, connection: Connection) -> None:
        connection.topics.discard(topic)
        connections = self._connections[topic]
        connections.pop(connection, None)
        if not connections:
            del self._connections[topic]
            self.relay.leave(topic)

    def _on_relayed(self, topic: str, entry: Any) -> None:
        """From another process: see `relay`."""
        if isinstance(entry, dict):
            for prefix, listener in self._listeners:
                if topic.startswith(prefix):
                    listener(topic, entry)
        else:
            payload, binary, ephemeral = entry
            self.publish(topic, payload, binary=binary, ephemeral=ephemeral)
