"""What each command of zashiki.v1 does, by the noun that it is about: called with the conversation and the command."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from zashiki.consumers.commands import messages, past, preview, reading, seats
from zashiki.wire import Command

Handler = Callable[[Any, Any], Awaitable[None]]

HANDLERS: dict[type[Command], Handler] = {
    **seats.HANDLERS,
    **messages.HANDLERS,
    **past.HANDLERS,
    **preview.HANDLERS,
    **reading.HANDLERS,
}
