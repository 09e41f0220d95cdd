"""Each event loop of the process has one `Hub`."""

from __future__ import annotations

import asyncio

from zashiki.hub.hub import Hub
from zashiki.hub.relay import shared_channel_layer

_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def get_hub() -> Hub:
    """The running loop's Hub, made on first use."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        for other in [other for other in _hubs if other.is_closed()]:
            del _hubs[other]
        _hubs[loop] = Hub(shared_channel_layer())
    return _hubs[loop]


def running_hubs() -> list[tuple[asyncio.AbstractEventLoop, Hub]]:
    """Those of loops that can still run; callable from any thread."""
    return [(loop, hub) for loop, hub in list(_hubs.items()) if not loop.is_closed()]
