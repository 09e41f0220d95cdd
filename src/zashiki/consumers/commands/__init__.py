"""What each command of zashiki.v1 does, by the noun that it is about: called with the conversation and the command."""

from __future__ import annotations

from zashiki.consumers.commands import history, messages, preview, rooms, subscriptions
from zashiki.consumers.commands.handlers import Handlers

HANDLERS: Handlers = {
    **subscriptions.HANDLERS,
    **messages.HANDLERS,
    **history.HANDLERS,
    **preview.HANDLERS,
    **rooms.HANDLERS,
}
