"""``zashiki settings``: docs/settings.md, written from the tables themselves."""

from __future__ import annotations

from typing import Any

from zashiki import conf
from zashiki.limits.rate_limits import CONNECTION, COSTS, FORM
from zashiki.server.config.options import OPTIONS, SERVER_DEFAULTS

PAGE = """# Settings

Written by `zashiki settings`; a test keeps it true.

## The chat server

`zashiki serve` reads its options from the environment. Those with a flag can be given on the command line as well, which wins. Yes and no are `yes` and
`no` (or `1`/`0`, `true`/`false`, `on`/`off`); several values are separated by commas. A value that cannot be used is refused at start with a sentence.

{options}

## The rooms

The same for the chat server and for a Django site: the server reads them from the environment (`ZASHIKI_HISTORY_PAGE_SIZE=100`), a site has them in its settings
(`ZASHIKI_HISTORY_PAGE_SIZE = 100`). `manage.py check` says which values cannot work, and which names do not exist.

{settings}

## What things cost

One unit is what a short post costs. Each person has two buckets, *changes* for what others see or what is stored, and *requests* for everything else, of
`ZASHIKI_POSTS_PER_MINUTE` units each; an empty one is full again after a minute. All people without an account who share a network have two more together, of
`ZASHIKI_GUEST_RATE` units: inventing another guest, or connecting again, gives nobody more. People with an account are not counted by network. Processes that share
`ZASHIKI_LIMITS_FILE` count together, so the workers of a server do; servers on several machines count each for itself.

A price is for each begun 4 KiB of what is stored or sent to others: of the text, or of the whole message that a reaction, a pin or a reply in a thread sends again. For
`history` and `messages` it is for each 50 messages asked for. Whoever has not enough left is refused as `rate_limited`, with `retry_after`; a page answers 429.

{costs}

A new room costs one of the `ZASHIKI_ROOM_RATE` that a person, and the guests of a network together, have; those flow in over an hour.
"""


def settings_page() -> str:
    """The whole page, in Markdown."""
    options = [
        [f"`{conf.PREFIX}{row.name}`", f"`{row.flag}`" if row.flag else "", _shown(row.default), row.help]
        for row in OPTIONS
    ]
    settings = [[f"`{conf.PREFIX}{row.name}`", _default(row), row.help] for row in conf.SETTINGS]
    return PAGE.format(
        options=_table(["environment", "flag", "default", ""], options),
        settings=_table(["name", "default", ""], settings),
        costs=_table(["what", "bucket", "price"], _costs()),
    )


def _costs() -> list[list[str]]:
    named = {f"`{command.__struct_config__.tag}`": cost for command, cost in COSTS.items()}
    named |= {"opening a socket": CONNECTION, "sending a form of a page": FORM}
    return [[name, cost.bucket, f"{cost.price:g}"] for name, cost in named.items()]


def _default(row: conf.Setting) -> str:
    if row.name in SERVER_DEFAULTS:
        return f"{_shown(row.default)}; chat server: {_shown(SERVER_DEFAULTS[row.name])}"
    return _shown(row.default)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        value = ",".join(value)
    return f"`{value}`" if value != "" else ""


def _table(head: list[str], rows: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *rows])
