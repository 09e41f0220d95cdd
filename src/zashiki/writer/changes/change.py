"""What all changes have in common.

A change is applied with its room's row locked. It refuses by raising a `ZashikiError` before it has touched anything; what passes, succeeds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from zashiki.errors import Forbidden, NotFound
from zashiki.mentions import Called, People
from zashiki.models import Message, Room
from zashiki.people import Person
from zashiki.policy import policy

if TYPE_CHECKING:
    from zashiki.writer.ledger import Ledger


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
    """

    takes_version: ClassVar[bool] = True
    is_heavy: ClassVar[bool] = (
        False  # whether preparing it may take long, so that it is done before it waits with others
    )
    is_prepared: ClassVar[bool] = True  # whether there is nothing to prepare (any more)

    room_id: int
    person: Person | None
    rights: int | None = None
    session_key: str | None = None

    @property
    def payer(self) -> str:
        """The key of the person whose time preparing it costs; empty for the site itself."""
        return "" if self.person is None else self.person.key

    def about(self) -> tuple[int, ...]:
        """The ids of the messages that it must see."""
        return ()

    def called(self) -> set[Called]:
        """Whom it may speak to."""
        return set()

    def prepare(self, people: People) -> None:
        """What can be done before the room is locked.

        Args:
            people: those of `called` who are of their room.
        """

    def apply(self, ledger: Ledger) -> Any:
        """Do it, and return what became of it: the message as it then is, unless the class says otherwise.

        Raises:
            ZashikiError: refused; nothing was touched.
        """
        raise AssertionError("a change says what it does")

    def check_may(self, ledger: Ledger) -> None:
        """Refuse whoever may not do this here, and everybody in a room that is archived."""
        self.check_may_read(ledger)
        self.check_may_change(ledger)

    def check_may_read(self, ledger: Ledger) -> None:
        """Refuse whoever may not see the room, or is not signed in any more."""
        if self.person is None or self._is_known(ledger):
            return
        person = ledger.person_now(self.person, self.session_key)
        if person is None or not policy().can_read(person, ledger.room(self.room_id)):
            raise NotFound
        self.person = person

    def check_may_change(self, ledger: Ledger) -> None:
        """Refuse whoever may see the room and not do this in it."""
        room = ledger.room(self.room_id)
        if room.is_archived:
            raise Forbidden("This room is archived: it can be read, and nothing in it changes any more.")
        if not self._is_known(ledger) and not self.is_allowed(self.person, room):
            raise Forbidden

    def is_allowed(self, person: Person | None, room: Room) -> bool:
        """Whether this person may do such a thing in a room that they may read."""
        return policy().can_post(person, room)

    def _is_known(self, ledger: Ledger) -> bool:
        return self.person is None or (self.rights is not None and self.rights >= ledger.rights)


@dataclass(kw_only=True)
class ChangeOfMessage(Change):
    message_id: int

    def about(self) -> tuple[int, ...]:
        return (self.message_id,)

    def message(self, ledger: Ledger) -> Message:
        """The message in question.

        Raises:
            NotFound: it is not in this room, or deleted.
        """
        self.check_may(ledger)
        message = ledger.message(self.message_id)
        if message is None or message.room_id != self.room_id or message.deleted_at is not None:
            raise NotFound
        return message
