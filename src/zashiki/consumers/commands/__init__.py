"""What each command of zashiki.v1 does, by the noun that it is about: called with the conversation and the command."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from zashiki.consumers.commands import history, messages, preview, rooms, subscriptions
from zashiki.wire import Command

Handler = Callable[[Any, Any], Awaitable[None]]

HANDLERS: dict[type[Command], Handler] = {
    **subscriptions.HANDLERS,
    **messages.HANDLERS,
    **history.HANDLERS,
    **preview.HANDLERS,
    **rooms.HANDLERS,
}
