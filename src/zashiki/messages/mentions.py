"""Who is spoken to in a message: ``@[Aiko Tanaka](u3)``, ``@aiko`` by the account's name, ``@room`` for everybody.

The first form is what a composer writes for a person that was chosen from a list; it reads well in any other program, and only the key in
it counts: what is shown is the person's own name. Only people of the room can be spoken to.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any
from unicodedata import normalize

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.db.models.functions import Lower
from django.db.models.lookups import In

from zashiki import user_model
from zashiki.messages.mention_marker import Candidate, Resolved
from zashiki.messages.mention_syntax import CHOSEN, EVERYBODY, key_in, readings, unescaped, words_in
from zashiki.models import Membership, Mention, Message
from zashiki.person import Person, user_key
from zashiki.policy import name_of_user

WORD_LIMIT = 300  # words of one message that are looked up

_ASKED_AT_ONCE = 400  # names in one query
_FORMS = (str, str.lower, str.upper, str.title, str.casefold)
_ASCII_LOWER = {upper: upper + 32 for upper in range(65, 91)}  # as SQLite's LOWER


def mention_candidates(body: str) -> set[str]:
    """The keys and account names that a text may speak to, as far as its letters tell; `EVERYBODY` needs no asking.

    They are at least all that `MentionMarker.mark` looks for in the html of this text, so that others who are asked for at the same time make
    no difference.
    """
    if "@" not in body and "＠" not in body:
        return set()
    chosen = {key_in(key) for _, key in CHOSEN.findall(body)}
    words = islice(dict.fromkeys(words_in(body)), WORD_LIMIT)
    named = {f"@{name}" for word in words for name in readings(word) if name.casefold() != EVERYBODY}
    return (chosen | named) - {EVERYBODY}


def resolve_mentions(called: Iterable[Candidate]) -> Resolved:
    """Who these are, each in their room; left out is who is not of it."""
    wanted = set(called)
    found = _users(wanted) if any(name[0] == "u" for _, name in wanted) else {}
    if any(name[0] == "@" for _, name in wanted):
        found.update(_accounts(wanted))
    if any(name[0] == "v" for _, name in wanted):
        found.update(_visitors(wanted))
    return {each: found[each] for each in wanted if each in found}


def unread_mentions(person: Person | None, room_id: int, position: int) -> list[int]:
    """The positions after this one at which somebody is spoken to, ascending."""
    if person is None or person.user is None:
        return []
    found = Mention.objects.filter(room=room_id, key__in=mention_keys(person), position__gt=position)
    return sorted(set(found.values_list("position", flat=True)))


def plain_text(body: str) -> str:
    """A text with the names of those it speaks to, for where only text is shown."""
    return CHOSEN.sub(lambda found: f"@{unescaped(found[1])}", body) if "@[" in body else body


def _users(wanted: set[Candidate]) -> dict[Candidate, tuple[str, str]]:
    pks = user_model.pks_of({key for _, key in wanted})
    members = _members(wanted, Q(user__in=pks))
    return {(member.room_id, user_key(member.user_id)): _person(member) for member in members}


def _accounts(wanted: set[Candidate]) -> dict[Candidate, tuple[str, str]]:
    """Accounts by their names. Case and width of letters make no difference (NFKC, casefolded), unless two accounts differ by nothing else."""
    names = {(room_id, name) for room_id, name in wanted if name[0] == "@"}
    exact: dict[Candidate, tuple[str, str]] = {}
    folded: dict[Candidate, tuple[str, str]] = {}
    asked = sorted({name[1:] for _, name in names})
    for first in range(0, len(asked), _ASKED_AT_ONCE):
        for member in _members_named(wanted, asked[first : first + _ASKED_AT_ONCE]):
            account = user_model.username(member.user)
            exact[member.room_id, f"@{account}"] = person = _person(member)
            folded.setdefault((member.room_id, _folded(account)), person)
    found = {
        (room_id, name): exact.get((room_id, name)) or folded.get((room_id, _folded(name[1:])))
        for room_id, name in names
    }
    return {called: person for called, person in found.items() if person}


def _members_named(wanted: set[Candidate], names: Iterable[str]) -> list[Membership]:
    """Members whose account has one of these names; the database lowers letters, some only those of ASCII."""
    forms = {form(name) for each in names for name in (each, normalize("NFKC", each)) for form in _FORMS}
    lowered = forms | {form.translate(_ASCII_LOWER) for form in forms}
    found: list[Membership] = []
    for column in user_model.text_columns([get_user_model().USERNAME_FIELD]):
        name = f"user__{column}"
        found += _members(wanted, Q(In(Lower(name), lowered)) | Q(**{f"{name}__in": forms}))
    return found


def _members(wanted: set[Candidate], concerned: Q) -> list[Membership]:
    """The members of these rooms who are concerned and whose accounts are open, the oldest account first."""
    rooms = {room_id for room_id, _ in wanted}
    members = user_model.active(Membership.objects.filter(concerned, room__in=rooms), "user")
    members = members.select_related("user__zashiki_profile").order_by("user_id")
    return [member for member in members if user_model.is_active(member.user)]


def _person(member: Membership) -> tuple[str, str]:
    return user_key(member.user_id), name_of_user(member.user)


def _folded(name: str) -> str:
    return normalize("NFKC", normalize("NFKC", name).casefold())


def _visitors(wanted: set[Candidate]) -> dict[Candidate, tuple[str, str]]:
    """Visitors are of a room when they have posted there."""
    rooms, keys = {room_id for room_id, _ in wanted}, {key for _, key in wanted if key[0] == "v"}
    posts = Message.objects.filter(room__in=rooms, author_key__in=keys).order_by("position")
    rows = posts.values_list("room_id", "author_key", "author_name").distinct()
    return {(room_id, key): (key, name) for room_id, key, name in rows}


def user_pks(keys: Iterable[str]) -> list[Any]:
    """The primary keys of the users among these people."""
    return user_model.pks_of(keys)


def mention_keys(person: Person) -> tuple[str, str]:
    """Under which keys somebody is spoken to."""
    return person.key, EVERYBODY
