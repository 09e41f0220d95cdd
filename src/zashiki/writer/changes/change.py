"""What all changes have in common.

A change is applied with its room's row locked. It refuses by raising a `ZashikiError` before it has touched anything; what passes, succeeds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from zashiki.errors import Forbidden, NotFound
from zashiki.messages.mention_marker import Candidate, Resolved
from zashiki.models import Message, Room
from zashiki.person import Person
from zashiki.policy import policy

if TYPE_CHECKING:
    from zashiki.writer.transaction import WriteTransaction


@dataclass(kw_only=True)
class Change:
    """One thing that one person wants done in one room.

    Attributes:
        takes_version: whether it changes what others see, so that the room's row is locked for it; what is somebody's
            own (how far they have read, a draft) does not.
        room_id: the room in question.
        person: who does it; ``None`` for the site itself, which may do everything.
        rights: the house's clock of rights up to which this person's right to do this is known;
            ``None`` asks the policy in any case.
        session_key: of the session by which somebody is who they are; ``None`` where it was something else.
        is_prepared: whether there is nothing to prepare (any more).
    """

    bumps_version: ClassVar[bool] = True

    room_id: int
    person: Person | None
    permissions_version: int | None = None
    session_key: str | None = None
    is_prepared: bool = field(default=True, init=False)

    @property
    def is_heavy(self) -> bool:
        """Whether preparing it may take long, so that it is done before it waits with others."""
        return False

    @property
    def payer(self) -> str:
        """The key of the person whose time preparing it costs; empty for the site itself."""
        return "" if self.person is None else self.person.key

    def message_ids(self) -> tuple[int, ...]:
        """The ids of the messages that it must see."""
        return ()

    def mention_candidates(self) -> set[Candidate]:
        """Whom it may speak to."""
        return set()

    def prepare(self, people: Resolved) -> None:
        """What can be done before the room is locked.

        Args:
            people: those of `called` who are of their room.
        """

    def apply(self, transaction: WriteTransaction) -> Any:
        """Do it, and return what became of it: the message as it then is, unless the class says otherwise.

        Raises:
            ZashikiError: refused; nothing was touched.
        """
        raise AssertionError("a change says what it does")

    def check_may(self, transaction: WriteTransaction) -> None:
        """Refuse whoever may not do this here, and everybody in a room that is archived."""
        self.check_may_read(transaction)
        self.check_may_change(transaction)

    def check_may_read(self, transaction: WriteTransaction) -> None:
        """Refuse whoever may not see the room, or is not signed in any more."""
        if self.person is None or self._is_known(transaction):
            return
        person = transaction.person_now(self.person, self.session_key)
        if person is None or not policy().can_read(person, transaction.room(self.room_id)):
            raise NotFound
        self.person = person

    def check_may_change(self, transaction: WriteTransaction) -> None:
        """Refuse whoever may see the room and not do this in it."""
        room = transaction.room(self.room_id)
        if room.is_archived:
            raise Forbidden("This room is archived. It is read-only.")
        if not self._is_known(transaction) and not self.is_allowed(self.person, room):
            raise Forbidden

    def is_allowed(self, person: Person | None, room: Room) -> bool:
        """Whether this person may do such a thing in a room that they may read."""
        return policy().can_post(person, room)

    def _is_known(self, transaction: WriteTransaction) -> bool:
        return self.person is None or (
            self.permissions_version is not None
            and self.permissions_version >= transaction.permissions_version
        )


@dataclass(kw_only=True)
class MessageChange(Change):
    message_id: int

    def message_ids(self) -> tuple[int, ...]:
        return (self.message_id,)

    def message(self, transaction: WriteTransaction) -> Message:
        """The message in question.

        Raises:
            NotFound: it is not in this room, or deleted.
        """
        self.check_may(transaction)
        message = transaction.message(self.message_id)
        if message is None or message.room_id != self.room_id or message.deleted_at is not None:
            raise NotFound
        return message
