"""Colouring blocks of code: bounded in time for everybody, and for each author."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence

from zashiki.sandbox.cpu_budget import Budget
from zashiki.sandbox.pool import Lost, Pool, Unconfined

CPU_LIMIT = 0.15  # seconds for all blocks of a text
ANSWER_LIMIT = (
    4.0  # seconds by the clock, for a machine that is busy with other things; then the process is killed
)
LEAST = 0.02  # seconds; with less left there is no point in beginning
BLOCK_LIMIT = 50  # blocks of a text that are coloured

pool = Pool()
budget = Budget()


def colour(blocks: Sequence[tuple[str, str]], author: str = "") -> list[str | None]:
    """Html of blocks of code, with a span for each token of Pygments.

    Args:
        blocks: language and code of each.
        author: whose time it costs: who has used up theirs gets no colours for a while. Empty for the site itself, which has no such limit.

    Returns:
        for each block its html, or ``None`` if it is to be shown plainly: an unknown language, too much work, or no process to do it.
    """
    plain: list[str | None] = [None] * len(blocks)
    seconds = min(CPU_LIMIT, budget.left(author)) if author else CPU_LIMIT
    if not blocks or seconds < LEAST:
        return plain
    request = {"blocks": blocks[:BLOCK_LIMIT], "seconds": seconds}
    begun = time.monotonic()
    try:
        answer = json.loads(pool.ask(b"C" + json.dumps(request).encode(), ANSWER_LIMIT))
    except Lost:
        _spend(author, time.monotonic() - begun)
        return plain
    except Unconfined:
        return plain
    _spend(author, answer["seconds"])
    return answer["blocks"] + plain[BLOCK_LIMIT:]


def _spend(author: str, seconds: float) -> None:
    if author:
        budget.spend(author, seconds)
