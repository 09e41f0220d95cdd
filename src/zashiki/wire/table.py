"""Every command that there is, once."""

from __future__ import annotations

from typing import get_args

from zashiki.wire.command import Command
from zashiki.wire.messages import Delete, Edit, History, Post, React
from zashiki.wire.reading import Read
from zashiki.wire.seats import Leave, Sit, Typing

AnyCommand = Sit | Leave | Typing | Post | Edit | Delete | React | History | Read

COMMANDS: tuple[type[Command], ...] = get_args(AnyCommand)
