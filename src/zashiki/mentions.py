"""Who is spoken to in a message: ``@[Aiko Tanaka](u3)``, ``@aiko`` by the account's name, ``@room`` for everybody.

The first form is what a composer writes for a person that was chosen from a list; it reads well in any other program, and only the key in
it counts: what is shown is the person's own name. Only people of the room can be spoken to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.html import escape

from zashiki import accounts
from zashiki.models import EVERYBODY, Membership, Mention, Message
from zashiki.people import Person, key_of_user
from zashiki.policy import name_of_user

LIMIT = 50  # people spoken to by one message

Called = tuple[int, str]  # a room's id, and a person's key or an account's name with its @
People = Mapping[Called, tuple[str, str]]  # to the person's key and name

_KEY = r"(u[\w.:-]{1,79}|v[0-9a-f]{1,79}|room)"
_WORD = r"(?<![\w@/.])@([\w.+-]{1,150})"
_CHOSEN = re.compile(rf"@\[((?:[^\]\\]|\\.)*)\]\({_KEY}\)")
_NAMED = re.compile(_WORD)
# In html: a chosen person is a link; what is code, a link or a tag is passed over.
_IN_HTML = re.compile(
    rf'@<a href="{_KEY}"[^>]*>(.*?)</a>|<pre\b.*?</pre>|<code\b.*?</code>|<a\b.*?</a>|<[^>]*>|{_WORD}',
    re.DOTALL,
)


def called_in(body: str) -> set[str]:
    """The keys and account names that a text may speak to, as far as its letters tell; `EVERYBODY` needs no asking."""
    if "@" not in body:
        return set()
    chosen = {key for _, key in _CHOSEN.findall(body)}
    named = {f"@{name}" for word in _NAMED.findall(body) for name in _readings(word)}
    return (chosen | named) - {EVERYBODY, f"@{EVERYBODY}"}


def people_called(called: Iterable[Called]) -> People:
    """Who these are, each in their room; left out is who is not of it."""
    wanted = set(called)
    found = _users(wanted) if any(name[0] in "u@" for _, name in wanted) else {}
    if any(name[0] == "v" for _, name in wanted):
        found.update(_visitors(wanted))
    return {each: found[each] for each in wanted if each in found}


def unread(person: Person | None, room_id: int, position: int) -> list[int]:
    """The positions after this one at which somebody is spoken to, ascending."""
    if person is None or person.user is None:
        return []
    found = Mention.objects.filter(room=room_id, key__in=keys_of(person), position__gt=position)
    return sorted(set(found.values_list("position", flat=True)))


def plain(body: str) -> str:
    """A text with the names of those it speaks to, for where only text is shown."""
    return _CHOSEN.sub(lambda found: "@" + re.sub(r"\\(.)", r"\1", found[1]), body) if "@[" in body else body


@dataclass(slots=True)
class Speech:
    """Marks in one message's html whom it speaks to.

    Attributes:
        keys: those who were marked, in the order in which they are spoken to.
    """

    room_id: int
    people: People
    keys: list[str] = field(default_factory=list)

    def mark(self, html: str) -> str:
        return _IN_HTML.sub(self._marked, html) if "@" in html else html

    def _marked(self, found: re.Match[str]) -> str:
        key, words, name = found.groups()
        if key is not None:
            return self._chosen(key, words)
        return self._named(name) if name is not None else found[0]

    def _chosen(self, key: str, words: str) -> str:
        if key == EVERYBODY:
            return self._span(EVERYBODY, EVERYBODY)
        person = self.people.get((self.room_id, key))
        return self._span(*person) if person else f"@{words}"

    def _named(self, word: str) -> str:
        for name in _readings(word):
            person = (
                (EVERYBODY, EVERYBODY) if name == EVERYBODY else self.people.get((self.room_id, f"@{name}"))
            )
            if person:
                return self._span(*person) + word[len(name) :]
        return f"@{word}"

    def _span(self, key: str, name: str) -> str:
        if key not in self.keys:
            if len(self.keys) >= LIMIT:
                return f"@{escape(name)}"
            self.keys.append(key)
        return f'<span class="mention" data-person="{escape(key)}">@{escape(name)}</span>'


def _readings(word: str) -> list[str]:
    """A word as a name: as it stands, and without the full stop that ends the sentence."""
    bare = word.rstrip(".+-")
    return [word] if bare == word else [word, bare]


def _users(wanted: set[Called]) -> dict[Called, tuple[str, str]]:
    user = get_user_model()
    rooms = {room_id for room_id, _ in wanted}
    pks = accounts.pks_of(key for _, key in wanted)
    names = [name[1:] for _, name in wanted if name[0] == "@"]
    concerned = Q(user__in=pks)
    for column in accounts.text_columns([user.USERNAME_FIELD]):
        concerned |= Q(**{f"user__{column}__in": names})
    members = accounts.active(Membership.objects.filter(concerned, room__in=rooms), "user")
    found = {}
    for member in members.select_related("user__zashiki_profile"):
        if not accounts.is_active(member.user):
            continue
        person = key_of_user(member.user_id), name_of_user(member.user)
        found[member.room_id, person[0]] = person
        found[member.room_id, f"@{accounts.username(member.user)}"] = person
    return found


def _visitors(wanted: set[Called]) -> dict[Called, tuple[str, str]]:
    """Visitors are of a room when they have posted there."""
    rooms, keys = {room_id for room_id, _ in wanted}, {key for _, key in wanted if key[0] == "v"}
    posts = Message.objects.filter(room__in=rooms, author_key__in=keys).order_by("position")
    rows = posts.values_list("room_id", "author_key", "author_name").distinct()
    return {(room_id, key): (key, name) for room_id, key, name in rows}


def user_pks(keys: Iterable[str]) -> list[Any]:
    """The primary keys of the users among these people."""
    return accounts.pks_of(keys)


def keys_of(person: Person) -> tuple[str, str]:
    """Under which keys somebody is spoken to."""
    return person.key, EVERYBODY
