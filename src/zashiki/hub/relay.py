"""From process to process over any Channels layer: one channel for the process, one group for a topic."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Callable
from typing import Any

from channels.layers import InMemoryChannelLayer, get_channel_layer

from zashiki.hub.options import options
from zashiki.hub.relay_groups import Groups, group_of
from zashiki.hub.relay_queue import RelayQueue
from zashiki.hub.relay_status import RelayStatus

log = logging.getLogger("zashiki.hub")

TYPE = "zashiki.relay"
_EMPTY_TOPIC = " nobody"  # a topic in which nobody sits

OnEntry = Callable[[str, Any], None]


def shared_channel_layer() -> Any:
    """The site's channel layer; ``None`` if it has none, or one that ends at the process."""
    layer = get_channel_layer()
    return None if isinstance(layer, InMemoryChannelLayer) else layer


class Relay:
    """What is said on a topic reaches every other process that has joined it.

    A layer message is ``{"type": TYPE, "from": process, "topic": topic, "entries": entries}``. An entry is either a message to be shown,
    ``[payload, binary, ephemeral]``, or a ring, which is a dict.

    Args:
        layer: a channel layer; ``None`` if there are no other processes.
        heard: called with the topic and each entry that another process said.
    """

    def __init__(self, layer: Any, on_entry: OnEntry) -> None:
        limits = options()
        self._on_entry = on_entry
        self._timeout = limits.layer_timeout
        self._retry = limits.layer_retry
        self._renewal = limits.layer_renewal_interval
        self._layer = layer
        self._name = uuid.uuid4().hex
        self._channel: str | None = None
        self._naming = asyncio.Lock()  # two that ask for the channel at once get the same
        self._status = RelayStatus(self._begin_probing, self._recover)
        self._groups = Groups(self._group_add, self._group_discard, self._status, self._retry)
        self._queue = RelayQueue(self._send)
        self._tasks: list[asyncio.Task[None]] = []
        self._probing: asyncio.Task[None] | None = None

    @property
    def is_down(self) -> bool:
        """Whether the layer did not do what was last asked of it."""
        return self._status.is_down

    def join(self, topic: str) -> None:
        """Hear what is said on a topic, until `part` is called as often."""
        if self._layer is None:
            return
        if not self._tasks:
            loop = asyncio.get_running_loop()
            self._tasks = [loop.create_task(self._receive_loop()), loop.create_task(self._keep_renewing())]
        self._groups.join(topic)

    def leave(self, topic: str) -> None:
        if self._layer is not None:
            self._groups.leave(topic)

    async def wait_joined(self, topic: str) -> None:
        """Returns when a topic that was joined is heard, or when the layer is down."""
        if self._layer is not None:
            await self._groups.wait_joined(topic)

    async def send_broadcast(
        self, topic: str, payload: bytes | str, *, binary: bool = False, ephemeral: bool = False
    ) -> bool:
        """Have it shown in the other processes. False if the layer is down; True too when the site has no layer and so no others.

        Raises:
            UnicodeDecodeError: a text message that is not UTF-8.
        """
        if not binary and isinstance(payload, bytes):
            payload = payload.decode()  # layers that speak JSON carry text
        return await self._enqueue(topic, [payload, binary, ephemeral], len(payload))

    async def send_notification(self, topic: str, message: dict[str, Any]) -> bool:
        """Tell the listeners in the other processes. The message may hold what layers carry."""
        return await self._enqueue(topic, message, _size_of(message))

    async def renew(self) -> None:
        if self._layer is not None:
            await self._groups.renew()

    async def close(self) -> None:
        """Say what is still to be said, leave all groups and stop listening."""
        await self._queue.close()
        await self._groups.close()
        tasks = [*self._tasks, *([self._probing] if self._probing else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._tasks = []

    async def _enqueue(self, topic: str, entry: Any, size: int) -> bool:
        return self._layer is None or await self._queue.enqueue(topic, entry, size)

    async def _send(self, topic: str, entries: list[Any]) -> bool:
        message = {"type": TYPE, "from": self._name, "topic": topic, "entries": entries}
        try:
            async with asyncio.timeout(self._timeout):
                await self._layer.group_send(group_of(topic), message)
        except Exception as fault:
            self._status.record_failure("sending", fault)
            return False
        self._status.record_success("sending")
        return True

    async def _group_add(self, topic: str) -> None:
        async with asyncio.timeout(self._timeout):
            await self._layer.group_add(group_of(topic), await self._channel_name())

    async def _group_discard(self, topic: str) -> None:
        async with asyncio.timeout(self._timeout):
            await self._layer.group_discard(group_of(topic), self._channel)

    async def _receive_loop(self) -> None:
        while True:
            try:
                async with asyncio.timeout(self._timeout):
                    channel = await self._channel_name()
                message = await self._layer.receive(channel)
                self._status.record_success("receiving")
                self._on_layer_message(message)
            except Exception as fault:
                if type(fault).__name__ != "TimeoutError":  # redis-py's own: nothing came for a while
                    self._status.record_failure("receiving", fault)
                    await asyncio.sleep(self._retry)

    async def _channel_name(self) -> str:
        """The process's channel, made on first use."""
        async with self._naming:
            if self._channel is None:
                self._channel = await self._layer.new_channel()
        return self._channel

    async def _keep_renewing(self) -> None:
        """Layers forget: Redis is flushed, or the core layer's groups expire after a day."""
        while True:
            await asyncio.sleep(self._renewal)
            await self._groups.renew()

    def _begin_probing(self) -> None:
        self._probing = asyncio.get_running_loop().create_task(self._probe())

    async def _probe(self) -> None:
        """Until the outage is over, by saying nothing to nobody."""
        while self._status.is_down:
            await asyncio.sleep(self._retry)
            if await self._send(_EMPTY_TOPIC, []):
                self._status.record_success("receiving")

    def _recover(self) -> None:
        self._groups.invalidate()

    def _on_layer_message(self, message: dict[str, Any]) -> None:
        if message.get("type") != TYPE or message["from"] == self._name:
            return
        for entry in message["entries"]:
            try:
                self._on_entry(message["topic"], entry)
            except Exception:
                log.exception("what another process said on %r could not be taken in", message["topic"])


def _size_of(value: Any) -> int:
    """Bytes that a value takes in a layer message, about."""
    if isinstance(value, str | bytes):
        return len(value)
    if isinstance(value, dict):
        return sum(len(key) + _size_of(each) for key, each in value.items())
    if isinstance(value, list | tuple):
        return sum(map(_size_of, value))
    return 8
