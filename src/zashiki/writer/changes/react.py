"""Saying it with one sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zashiki.errors import Invalid
from zashiki.models import Message, Room
from zashiki.person import Person
from zashiki.policy import policy
from zashiki.text.canonical_emoji import canonical_emoji
from zashiki.writer.changes.change import MessageChange

if TYPE_CHECKING:
    from zashiki.writer.transaction import WriteTransaction

REACTION_KINDS = 20  # different emoji on one message, and so the most of one person
REACTIONS_LIMIT = 1000  # of all people on one message: everybody is sent all of them at each change


@dataclass(kw_only=True)
class ReactToMessage(MessageChange):
    """Give a reaction or take it back.

    Attributes:
        emoji: in any form when it is made, and canonical from then on; raises `Invalid` for anything else.
    """

    emoji: str
    on: bool

    def __post_init__(self) -> None:
        self.emoji = canonical_emoji(self.emoji)

    def is_allowed(self, person: Person | None, room: Room) -> bool:
        return policy().can_react(person, room)

    def apply(self, transaction: WriteTransaction) -> Message:
        message = self.message(transaction)
        assert self.person is not None, "the site itself has no feelings"
        if self._has_reacted(message) == self.on:
            return message
        (self._add if self.on else self._remove)(message)
        return transaction.change(message, "reactions")

    def _has_reacted(self, message: Message) -> bool:
        assert self.person is not None
        return any(
            self.emoji == emoji and self.person.key in dict(people) for emoji, people in message.reactions
        )

    def _add(self, message: Message) -> None:
        assert self.person is not None
        if sum(len(people) for _, people in message.reactions) >= REACTIONS_LIMIT:
            raise Invalid("This message has reached the limit of reactions.")
        given = [self.person.key, self.person.name]
        for emoji, people in message.reactions:
            if emoji == self.emoji:
                people.append(given)
                return
        if len(message.reactions) >= REACTION_KINDS:
            raise Invalid("This message has reached the limit of different reactions.")
        message.reactions.append([self.emoji, [given]])

    def _remove(self, message: Message) -> None:
        assert self.person is not None
        kept = [
            [emoji, [given for given in people if emoji != self.emoji or given[0] != self.person.key]]
            for emoji, people in message.reactions
        ]
        message.reactions = [[emoji, people] for emoji, people in kept if people]
