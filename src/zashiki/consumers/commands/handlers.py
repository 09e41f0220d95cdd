"""The type of the tables that name each command's handler."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from zashiki.wire import Command

Handlers = dict[type[Command], Callable[[Any, Any], Awaitable[None]]]
"""By class of command: a function of the session and a command of that class."""
