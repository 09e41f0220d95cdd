"""Marks mentions in rendered HTML. Imports nothing of Django, so that a sandboxed process can run it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from zashiki.messages.mention_syntax import EVERYBODY, KEY, NAMED, begins, key_in, readings

LIMIT = 50  # people mentioned by one message

Candidate = tuple[int, str]  # a room's id, and a person's key or an account's name with its @
Resolved = Mapping[Candidate, tuple[str, str]]  # to the person's key and name

# In html: a chosen person is a link; what is code, a link or a tag is passed over.
_IN_HTML = re.compile(
    rf'@<a href="({KEY})"[^>]*>(.*?)</a>|<pre\b.*?</pre>|<code\b.*?</code>|<a\b.*?</a>|<[^>]*>|{NAMED.pattern}',
    re.DOTALL,
)


@dataclass(slots=True)
class MentionMarker:
    """Marks the mentions in the HTML of one message.

    Args:
        room_id: the message's room.
        people: those who may be mentioned, as `mentions.resolve_mentions` returns them.

    Attributes:
        keys: keys of the people who were marked, in the order of their first mention; at most `LIMIT`.
    """

    room_id: int
    people: Resolved
    keys: list[str] = field(default_factory=list)

    def request(self) -> dict[str, Any]:
        """What a child process needs to mark the same mentions, as JSON."""
        people = [
            [name, *person] for (room_id, name), person in self.people.items() if room_id == self.room_id
        ]
        return {"room": self.room_id, "people": people}

    @classmethod
    def from_request(cls, request: dict[str, Any]) -> MentionMarker:
        """The marker in the child process."""
        room_id = request["room"]
        return cls(room_id, {(room_id, name): (key, shown) for name, key, shown in request["people"]})

    def mark(self, html: str) -> str:
        return _IN_HTML.sub(self._marked, html) if "@" in html or "＠" in html else html

    def _marked(self, found: re.Match[str]) -> str:
        key, words, word = found.groups()
        if key is not None:
            return self._chosen(key_in(key), words)
        if word is None or not begins(found.string, found.start()):
            return found[0]
        return self._named(found[0][0], word)

    def _chosen(self, key: str, words: str) -> str:
        if key == EVERYBODY:
            return self._span(EVERYBODY, EVERYBODY)
        person = self.people.get((self.room_id, key))
        return self._span(*person) if person else f"@{words}"

    def _named(self, sign: str, word: str) -> str:
        for name in readings(word):
            is_room = name.casefold() == EVERYBODY
            person = (EVERYBODY, EVERYBODY) if is_room else self.people.get((self.room_id, f"@{name}"))
            if person:
                return self._span(*person) + word[len(name) :]
        return sign + word

    def _span(self, key: str, name: str) -> str:
        if key not in self.keys:
            if len(self.keys) >= LIMIT:
                return f"@{escape(name)}"
            self.keys.append(key)
        return f'<span class="mention" data-person="{escape(key)}">@{escape(name)}</span>'
