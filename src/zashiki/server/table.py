"""``zashiki settings``: docs/settings.md, written from the tables themselves."""

from __future__ import annotations

from typing import Any

from zashiki import conf
from zashiki.server.options import OPTIONS, SERVER_DEFAULTS

PAGE = """# Settings

Written by `zashiki settings`; a test keeps it true.

## The chat server

`zashiki serve` reads its options from the environment. Those with a flag can be given on the command line as well, which wins. Yes and no are `yes` and
`no` (or `1`/`0`, `true`/`false`, `on`/`off`); several values are separated by commas. A value that cannot be used is refused at start with a sentence.

{options}

## The rooms

The same for the chat server and for a Django site: the server reads them from the environment (`ZASHIKI_PAGE_SIZE=100`), a site has them in its settings
(`ZASHIKI_PAGE_SIZE = 100`). `manage.py check` says which values cannot work, and which names do not exist.

{settings}
"""


def page() -> str:
    """The whole page, in Markdown."""
    options = [
        [f"`{conf.PREFIX}{row.name}`", f"`{row.flag}`" if row.flag else "", _shown(row.default), row.sentence]
        for row in OPTIONS
    ]
    settings = [[f"`{conf.PREFIX}{row.name}`", _default(row), row.sentence] for row in conf.SETTINGS]
    return PAGE.format(
        options=_table(["environment", "flag", "default", ""], options),
        settings=_table(["name", "default", ""], settings),
    )


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
