"""From process to process over any Channels layer: one channel for the process, one group for a topic."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Callable
from typing import Any

from channels.layers import InMemoryChannelLayer, get_channel_layer

from zashiki.seating.groups import Groups, group_of
from zashiki.seating.options import options
from zashiki.seating.outage import Outage
from zashiki.seating.outbox import Outbox

log = logging.getLogger("zashiki.seating")

TYPE = "zashiki.relay"
_NOBODY = " nobody"  # a topic in which nobody sits

Heard = Callable[[str, Any], None]


def layer_to_others() -> Any:
    """The site's channel layer; ``None`` if it has none, or one that ends at the process."""
    layer = get_channel_layer()
    return None if isinstance(layer, InMemoryChannelLayer) else layer


class Relay:
    """What is said on a topic reaches every other process that has joined it.

    A layer message is ``{"type": TYPE, "from": process, "topic": topic, "said": entries}``. An entry is either a message to be shown,
    ``[payload, binary, ephemeral]``, or a ring, which is a dict.

    Args:
        layer: a channel layer; ``None`` if there are no other processes.
        heard: called with the topic and each entry that another process said.
    """

    def __init__(self, layer: Any, heard: Heard) -> None:
        limits = options()
        self._heard = heard
        self._timeout = limits.layer_timeout
        self._retry = limits.layer_retry
        self._renewal = limits.layer_renewal
        self._layer = layer
        self._name = uuid.uuid4().hex
        self._channel: str | None = None
        self._naming = asyncio.Lock()  # two that ask for the channel at once get the same
        self._outage = Outage(self._begin_probing, self._recover)
        self._groups = Groups(self._group_add, self._group_discard, self._outage, self._retry)
        self._outbox = Outbox(self._send)
        self._tasks: list[asyncio.Task[None]] = []
        self._probing: asyncio.Task[None] | None = None

    @property
    def down(self) -> bool:
        """Whether the layer did not do what was last asked of it."""
        return self._outage.lasts

    def join(self, topic: str) -> None:
        """Hear what is said on a topic, until `part` is called as often."""
        if self._layer is None:
            return
        if not self._tasks:
            loop = asyncio.get_running_loop()
            self._tasks = [loop.create_task(self._listen()), loop.create_task(self._keep_renewing())]
        self._groups.join(topic)

    def part(self, topic: str) -> None:
        if self._layer is not None:
            self._groups.part(topic)

    async def joined(self, topic: str) -> None:
        """Returns when a topic that was joined is heard, or when the layer is down."""
        if self._layer is not None:
            await self._groups.joined(topic)

    async def tell(
        self, topic: str, payload: bytes | str, *, binary: bool = False, ephemeral: bool = False
    ) -> bool:
        """Have it shown in the other processes. False if the layer is down; True too when the site has no layer and so no others.

        Raises:
            UnicodeDecodeError: a text message that is not UTF-8.
        """
        if not binary and isinstance(payload, bytes):
            payload = payload.decode()  # layers that speak JSON carry text
        return await self._say(topic, [payload, binary, ephemeral], len(payload))

    async def ring(self, topic: str, message: dict[str, Any]) -> bool:
        """Tell the listeners in the other processes. The message may hold what layers carry."""
        return await self._say(topic, message, _size_of(message))

    async def renew(self) -> None:
        if self._layer is not None:
            await self._groups.renew()

    async def close(self) -> None:
        """Say what is still to be said, leave all groups and stop listening."""
        await self._outbox.close()
        await self._groups.close()
        tasks = [*self._tasks, *([self._probing] if self._probing else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._tasks = []

    async def _say(self, topic: str, entry: Any, size: int) -> bool:
        return self._layer is None or await self._outbox.post(topic, entry, size)

    async def _send(self, topic: str, entries: list[Any]) -> bool:
        message = {"type": TYPE, "from": self._name, "topic": topic, "said": entries}
        try:
            async with asyncio.timeout(self._timeout):
                await self._layer.group_send(group_of(topic), message)
        except Exception as fault:
            self._outage.failed("sending", fault)
            return False
        self._outage.worked("sending")
        return True

    async def _group_add(self, topic: str) -> None:
        async with asyncio.timeout(self._timeout):
            await self._layer.group_add(group_of(topic), await self._own_channel())

    async def _group_discard(self, topic: str) -> None:
        async with asyncio.timeout(self._timeout):
            await self._layer.group_discard(group_of(topic), self._channel)

    async def _listen(self) -> None:
        while True:
            try:
                async with asyncio.timeout(self._timeout):
                    channel = await self._own_channel()
                message = await self._layer.receive(channel)
                self._outage.worked("receiving")
                self._take(message)
            except Exception as fault:
                if type(fault).__name__ != "TimeoutError":  # redis-py's own: nothing came for a while
                    self._outage.failed("receiving", fault)
                    await asyncio.sleep(self._retry)

    async def _own_channel(self) -> str:
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
        while self._outage.lasts:
            await asyncio.sleep(self._retry)
            if await self._send(_NOBODY, []):
                self._outage.worked("receiving")

    def _recover(self) -> None:
        self._groups.doubt()

    def _take(self, message: dict[str, Any]) -> None:
        if message.get("type") != TYPE or message["from"] == self._name:
            return
        for entry in message["said"]:
            try:
                self._heard(message["topic"], entry)
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
