"""Messages as html: each drawn once for everybody, and kept while it stays as it is. Synchronous; may be called from any thread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from threading import Lock
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from zashiki.models import Message

CACHE_SIZE = 16 * 1024 * 1024  # characters of html

GROUPING_GAP = timedelta(minutes=5)  # after which an author is named again, as in grouping.js
HEADED, FOLLOWS = "<article ", "<article data-follows "

Key = tuple[str, str | None, int, int]  # the database's epoch, the language, a message's id and version


class RenderedMessage(NamedTuple):
    html: str
    author: str  # the key
    posted_at: datetime


class MessageCache:
    """The latest drawings, as many as fit.

    Args:
        limit: characters.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._drawn: dict[Key, RenderedMessage] = {}
        self._size = 0
        self._lock = Lock()

    def of(self, epoch: str, versions: Sequence[tuple[int, int]]) -> SafeString:
        """The html of messages, one after the other.

        Args:
            epoch: as in the wire: after a restored backup the same version may be another text.
            versions: ids and versions.
        """
        language = get_language()
        keys = [(epoch, language, pk, version) for pk, version in versions]
        missing = [key[2] for key in keys if key not in self._drawn]
        fresh = (
            {message.pk: _render(message) for message in Message.objects.filter(pk__in=missing)}
            if missing
            else {}
        )
        # What has changed since the versions were read is shown as it is now, and told again by the socket.
        drawn = (fresh.get(key[2]) or self._drawn.get(key) for key in keys)
        html = _join(one for one in drawn if one)
        self._keep((key, fresh[key[2]]) for key in keys if key[2] in fresh)
        return html

    def _keep(self, drawn: Iterable[tuple[Key, RenderedMessage]]) -> None:
        with self._lock:
            for key, drawing in drawn:
                if key not in self._drawn:
                    self._drawn[key] = drawing
                    self._size += len(drawing.html)
            while self._size > self._limit:
                self._size -= len(self._drawn.pop(next(iter(self._drawn))).html)


message_cache = MessageCache(CACHE_SIZE)


def _render(message: Message) -> RenderedMessage:
    html = render_to_string("zashiki/_message.html", {"message": message.state()})
    return RenderedMessage(html, message.author_key, message.posted_at)


def _join(drawings: Iterable[RenderedMessage]) -> SafeString:
    """A message that follows one by the same author has no head. Where a day begins only the reader's own clock tells."""
    parts, author, until = [], "", None
    for drawing in drawings:
        follows = drawing.author == author and until is not None and drawing.posted_at < until
        parts.append(drawing.html.replace(HEADED, FOLLOWS, 1) if follows else drawing.html)
        author, until = drawing.author, drawing.posted_at + GROUPING_GAP
    return mark_safe("".join(parts))
