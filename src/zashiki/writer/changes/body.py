"""The words of a message, on their way in."""

from __future__ import annotations

from dataclasses import dataclass, field

from zashiki import conf
from zashiki.errors import Empty, Invalid, TooLong
from zashiki.messages.mention_marker import Candidate, MentionMarker, Resolved
from zashiki.messages.mentions import mention_candidates
from zashiki.messages.rendering import is_heavy, render
from zashiki.text.visible_text import has_visible_markdown
from zashiki.writer.changes.change import Change


@dataclass(kw_only=True)
class BodyChange(Change):
    """A change that brings words: cleaned when it is made, rendered before the room is locked."""

    body: str
    html: str = ""
    mentions: list[str] = field(default_factory=list)
    is_prepared: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self.body = clean_body(self.body)

    @property
    def is_heavy(self) -> bool:
        return is_heavy(self.body)

    def mention_candidates(self) -> set[Candidate]:
        return {(self.room_id, name) for name in mention_candidates(self.body)}

    def prepare(self, people: Resolved) -> None:
        marker = MentionMarker(self.room_id, people)
        self.html = render(self.body, marker, author=self.payer)
        self.mentions = marker.keys
        self.is_prepared = True


def clean_body(text: str) -> str:
    """A message's body as it is kept.

    Raises:
        Empty: nothing that can be seen.
        TooLong: over the site's ``BODY_LIMIT``, in characters.
        Invalid: a NUL or half of a surrogate pair, which no database keeps.
    """
    check_text(text)
    body = text.replace("\r\n", "\n").strip("\n").rstrip()
    if not has_visible_markdown(body):
        raise Empty
    return body


def check_text(text: str) -> None:
    """Raises `TooLong` and `Invalid` as `clean_body`."""
    limit = conf.get("MAX_MESSAGE_LENGTH")
    if len(text) > limit:
        raise TooLong(f"Messages can have at most {limit} characters.")
    if "\x00" in text or not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
        raise Invalid("Messages cannot contain NUL or half of a surrogate pair.")
