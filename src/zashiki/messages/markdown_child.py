"""Renders typed text in a child process; the parent's side is `rendering`."""

from __future__ import annotations

import json
from collections.abc import Sequence

from zashiki.messages.markdown import to_html
from zashiki.messages.mention_marker import MentionMarker
from zashiki.sandbox.pygments_child import highlight_blocks


def answer(request: bytes) -> bytes:
    """Args:
        request: JSON ``{"body": text, "mentions": what `MentionMarker.request` returns, or null, "seconds": CPU time for highlighting code}``.

    Returns:
        JSON ``{"html": text, "keys": keys of those mentioned, "seconds": CPU time that highlighting took}``.
    """
    asked = json.loads(request)
    marker = MentionMarker.from_request(asked["mentions"]) if asked["mentions"] else None
    used = 0.0

    def highlight(blocks: Sequence[tuple[str, str]]) -> Sequence[str | None]:
        nonlocal used
        if not asked["seconds"]:
            return [None] * len(blocks)
        highlighted, used = highlight_blocks(blocks, asked["seconds"])
        return highlighted

    html = to_html(asked["body"], marker.mark if marker else str, highlight)
    keys = marker.keys if marker else []
    return json.dumps({"html": html, "keys": keys, "seconds": used}).encode()
