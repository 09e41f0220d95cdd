"""What can be done to a room, each a class: who may do it, and what it does to the rows.

A change is applied with its room's row locked. It refuses by raising a `ZashikiError` before it has touched anything; what passes, succeeds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zashiki import conf
from zashiki.errors import Conflict, Empty, Forbidden, Invalid, NotFound, TooLong
from zashiki.models import Message, Room
from zashiki.people import Person
from zashiki.policy import policy
from zashiki.rendering import render

if TYPE_CHECKING:
    from zashiki.writer.ledger import Ledger

REACTION_KINDS = 20  # different emoji on one message


@dataclass(slots=True, kw_only=True)
class Change:
    """One thing that one person wants done in one room.

    Attributes:
        room_id: the room whose row is locked for it.
        person: who does it; ``None`` for the site itself, which may do everything.
        rights: the house's clock of rights up to which this person's right to post here is known;
            ``None`` asks the policy in any case.
    """

    room_id: int
    person: Person | None
    rights: int | None = None

    def about(self) -> tuple[int, ...]:
        """The ids of the messages that it must see."""
        return ()

    def prepare(self) -> None:
        """What can be done before the room is locked."""

    def apply(self, ledger: Ledger) -> Message:
        """Do it, and return the message as it then is.

        Raises:
            ZashikiError: refused; nothing was touched.
        """
        raise AssertionError("a change says what it does")

    def check_may_post(self, ledger: Ledger) -> None:
        """Refuse whoever may not change anything here, and everybody in a room that is archived."""
        room, person = ledger.room(self.room_id), self.person
        known = person is None or (self.rights is not None and self.rights >= ledger.rights)
        if not known and not policy().can_read(person, room):
            raise NotFound
        if room.is_archived:
            raise Forbidden("This room is archived: it can be read, and nothing in it changes any more.")
        if not known and not self.is_allowed(person, room):
            raise Forbidden

    def is_allowed(self, person: Person | None, room: Room) -> bool:
        """Whether this person may do such a thing in a room that they may read."""
        return policy().can_post(person, room)


@dataclass(slots=True, kw_only=True)
class PostMessage(Change):
    body: str
    nonce: str
    author_key: str
    author_name: str
    reply_to: int | None = None
    html: str = ""

    def __post_init__(self) -> None:
        self.body = clean_body(self.body)

    def about(self) -> tuple[int, ...]:
        return () if self.reply_to is None else (self.reply_to,)

    def prepare(self) -> None:
        self.html = render(self.body)

    def apply(self, ledger: Ledger) -> Message:
        self.check_may_post(ledger)
        if known := ledger.message_with_nonce(self):
            if known.body != self.body and known.edited_at is None and known.deleted_at is None:
                raise Conflict
            return known
        if self.reply_to is not None:
            quoted = ledger.message(self.reply_to)
            if quoted is None or quoted.room_id != self.room_id:
                raise NotFound("The message that this answers is not in this room.")
        return ledger.add(self)


@dataclass(slots=True, kw_only=True)
class _ChangeOfMessage(Change):
    message_id: int

    def about(self) -> tuple[int, ...]:
        return (self.message_id,)

    def message(self, ledger: Ledger) -> Message:
        self.check_may_post(ledger)
        message = ledger.message(self.message_id)
        if message is None or message.room_id != self.room_id or message.deleted_at is not None:
            raise NotFound
        return message


@dataclass(slots=True, kw_only=True)
class EditMessage(_ChangeOfMessage):
    body: str
    html: str = ""

    def __post_init__(self) -> None:
        self.body = clean_body(self.body)

    def prepare(self) -> None:
        self.html = render(self.body)

    def apply(self, ledger: Ledger) -> Message:
        message = self.message(ledger)
        if self.person is not None and not policy().can_edit(self.person, message):
            raise Forbidden
        if message.body == self.body:
            return message
        message.body, message.html, message.edited_at = self.body, self.html, ledger.now
        return ledger.change(message)


@dataclass(slots=True, kw_only=True)
class DeleteMessage(_ChangeOfMessage):
    def is_allowed(self, person: Person | None, room: Room) -> bool:
        return True  # `can_delete` says so for each message

    def apply(self, ledger: Ledger) -> Message:
        message = self.message(ledger)
        if self.person is not None and not policy().can_delete(self.person, message):
            raise Forbidden
        message.body = message.html = ""
        message.reactions = []
        message.deleted_at = ledger.now
        return ledger.change(message)


@dataclass(slots=True, kw_only=True)
class ReactToMessage(_ChangeOfMessage):
    emoji: str
    on: bool

    def is_allowed(self, person: Person | None, room: Room) -> bool:
        return policy().can_react(person, room)

    def apply(self, ledger: Ledger) -> Message:
        message = self.message(ledger)
        assert self.person is not None, "the site itself has no feelings"
        if self._stands(message) == self.on:
            return message
        (self._give if self.on else self._take_back)(message)
        return ledger.change(message)

    def _stands(self, message: Message) -> bool:
        assert self.person is not None
        return any(self.emoji == emoji and self.person.key in dict(people) for emoji, people in message.reactions)

    def _give(self, message: Message) -> None:
        assert self.person is not None
        given = [self.person.key, self.person.name]
        for emoji, people in message.reactions:
            if emoji == self.emoji:
                people.append(given)
                return
        if len(message.reactions) >= REACTION_KINDS:
            raise Invalid("This message has enough different reactions.")
        message.reactions.append([self.emoji, [given]])

    def _take_back(self, message: Message) -> None:
        assert self.person is not None
        kept = [
            [emoji, [given for given in people if emoji != self.emoji or given[0] != self.person.key]]
            for emoji, people in message.reactions
        ]
        message.reactions = [[emoji, people] for emoji, people in kept if people]


def clean_body(text: str) -> str:
    """A message's body as it is kept.

    Raises:
        Empty: nothing that can be seen.
        TooLong: over the site's ``BODY_LIMIT``, in characters.
        Invalid: a NUL or half of a surrogate pair, which no database keeps.
    """
    if len(text) > conf.get("BODY_LIMIT"):
        raise TooLong(f"A message has at most {conf.get('BODY_LIMIT')} characters.")
    if "\x00" in text or not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
        raise Invalid("A message cannot contain this character.")
    body = text.replace("\r\n", "\n").strip("\n").rstrip()
    if not body.strip(" \t\n\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff\u00ad"):
        raise Empty
    return body
