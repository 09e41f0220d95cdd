"""Highlights code with Pygments; runs in a child process, which can be killed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import LEXERS, find_lexer_class
from pygments.plugin import find_plugin_lexers

from zashiki.sandbox.child import OutOfTime, cpu_limit

BLOCK_LIMIT = 50  # blocks of a text that are highlighted
LOADING_LIMIT = (
    0.5  # seconds of CPU for languages that this process has not highlighted before, in one request
)

_FORMATTER = HtmlFormatter(nowrap=True)
_classes: dict[str, Any] = {}  # lexer classes by alias, lower case


def highlight_blocks(blocks: Sequence[Sequence[str]], seconds: float) -> tuple[list[str | None], float]:
    """Highlight blocks of code.

    Args:
        blocks: language and code of each.
        seconds: CPU time for all of them.

    Returns:
        HTML of each block, with a span for each token, and the CPU seconds that were used, without loading languages. A block is
        ``None`` if it is to be shown plainly: an unknown language, a lexer that failed, or no time left.
    """
    lexers = _loaded([language for language, _ in blocks[:BLOCK_LIMIT]])
    begun = time.process_time()
    highlighted: list[str | None] = [None] * len(blocks)
    with suppress(OutOfTime), cpu_limit(seconds):
        for number, lexer in enumerate(lexers):
            if lexer is not None:
                highlighted[number] = _highlighted(lexer, blocks[number][1])
    return highlighted, time.process_time() - begun


def _highlighted(lexer: Any, code: str) -> str | None:
    try:
        return str(highlight(code, lexer(stripnl=False), _FORMATTER))
    except Exception:  # whatever is wrong with a lexer, the code can be read without its colours
        return None


def _loaded(languages: list[str]) -> list[Any]:
    """The lexer classes of some languages, ready to be used; ``None`` for those that are not known or would take too long to load."""
    until = time.process_time() + LOADING_LIMIT
    found: dict[str, Any] = {}
    for language in languages:
        if language not in found and time.process_time() < until:
            found[language] = _lexer_class(language.lower())
    return [found.get(language) for language in languages]


def _lexer_class(alias: str) -> Any:
    if not _classes:
        _list_aliases()
    known = _classes.get(alias)
    if isinstance(known, str):
        known = _classes[alias] = find_lexer_class(known)
        try:
            known(stripnl=False)  # its expressions are compiled when it is made for the first time
        except Exception:
            known = _classes[alias] = None
    return known


def _list_aliases() -> None:
    """Fill `_classes` with the names of Pygments' lexers, and with the lexers of its plugins."""
    for plugin in find_plugin_lexers():
        _classes.update((alias.lower(), plugin) for alias in plugin.aliases)
    for _, name, aliases, _, _ in LEXERS.values():
        _classes.update((alias.lower(), name) for alias in aliases)
