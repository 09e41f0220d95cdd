"""Each event loop of the process has one `Seating`."""

from __future__ import annotations

import asyncio

from zashiki.seating.relay import layer_to_others
from zashiki.seating.seating import Seating

_seatings: dict[asyncio.AbstractEventLoop, Seating] = {}


def current() -> Seating:
    """The running loop's Seating, made on first use."""
    loop = asyncio.get_running_loop()
    if loop not in _seatings:
        for other in [other for other in _seatings if other.is_closed()]:
            del _seatings[other]
        _seatings[loop] = Seating(layer_to_others())
    return _seatings[loop]


def known() -> list[tuple[asyncio.AbstractEventLoop, Seating]]:
    """Those of loops that can still run; callable from any thread."""
    return [(loop, seating) for loop, seating in list(_seatings.items()) if not loop.is_closed()]
