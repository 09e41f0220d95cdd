"""Renders typed text as HTML: short text in this process, long text and code in a child process.

Rendering 10,000 characters takes up to 40 ms of Python, during which nothing else in the process runs. So whatever is heavy
is rendered by a child process of `zashiki.sandbox`, and the threads that serve others do not wait for it.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Sequence

from zashiki.messages.markdown import Mark, is_plain, paragraphs, to_html
from zashiki.messages.mention_marker import MentionMarker
from zashiki.sandbox.cpu_budget import Budget
from zashiki.sandbox.pool import Lost, Pool, Unconfined

SHORT = 256  # characters without code that are rendered in at most a millisecond or two, whatever they are
CPU_LIMIT = 0.15  # seconds for highlighting all code of a text
LEAST = 0.02  # seconds; with less left there is no point in beginning
ANSWER_LIMIT = 4.0  # seconds by the clock, for a busy machine; then the child process is killed

pool = Pool()
budget = Budget()

# Without a child process, two threads that render at once would make everything else in the process wait twice as long for its turn.
_one_heavy_text = threading.Lock()


def is_heavy(body: str) -> bool:
    """Whether a text is rendered by a child process, unless it is plain."""
    return len(body) > SHORT or "```" in body


def render(body: str, marker: MentionMarker | None = None, *, author: str = "") -> str:
    """Clean HTML for a message's body, as `markdown.to_html`.

    Where no child process can be had, a heavy text is rendered here, one at a time, and its code is not highlighted.

    Args:
        body: what was typed, within the site's ``MAX_MESSAGE_LENGTH``.
        marker: marks mentions, and has their keys afterwards. ``None``: mentions are not marked.
        author: key of the person who is charged for the CPU time of highlighting; empty for the site itself.
    """
    if is_plain(body):
        return paragraphs(body)
    if not is_heavy(body):
        return to_html(body, _mark_of(marker), _without_colors)
    try:
        return _render_in_child(body, marker, author)
    except Unconfined:
        with _one_heavy_text:
            return to_html(body, _mark_of(marker), _without_colors)


def _render_in_child(body: str, marker: MentionMarker | None, author: str) -> str:
    """Raises `Unconfined`: no process answered. When one was lost, the author is charged for the time by the clock."""
    request = {"body": body, "mentions": marker and marker.request(), "seconds": _seconds_for(author)}
    begun = time.monotonic()
    try:
        answer = json.loads(pool.ask(b"M" + json.dumps(request).encode(), ANSWER_LIMIT))
    except Lost:
        _charge(author, time.monotonic() - begun)
        raise
    _charge(author, answer["seconds"])
    if marker is not None:
        marker.keys = answer["keys"]
    html: str = answer["html"]
    return html


def _seconds_for(author: str) -> float:
    """CPU seconds that this author's next text may use for highlighting; zero when there is no point in beginning."""
    seconds = min(CPU_LIMIT, budget.left(author)) if author else CPU_LIMIT
    return seconds if seconds >= LEAST else 0.0


def _charge(author: str, seconds: float) -> None:
    if author:
        budget.spend(author, seconds)


def _mark_of(marker: MentionMarker | None) -> Mark:
    return marker.mark if marker is not None else _without_mentions


def _without_mentions(html: str) -> str:
    return html


def _without_colors(blocks: Sequence[tuple[str, str]]) -> list[str | None]:
    return [None] * len(blocks)
