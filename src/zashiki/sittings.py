"""Who sits in which room in this process, and taking seats away when a right ends."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from zashiki import rights, sessions
from zashiki.entry import Known, Standing, accounts_gone, accounts_missing, standings_of
from zashiki.feed import Feed
from zashiki.models import Revocation
from zashiki.people import Person
from zashiki.presence import Presence
from zashiki.seating import Seat, Seating

log = logging.getLogger("zashiki.sittings")


class Guest(Protocol):
    """One open socket, as far as its rights are concerned."""

    person: Person
    session_key: str | None
    bells: Collection[int]  # the rooms whose bell it hears

    def lose_room(self, sitting: Sitting, code: str) -> None:
        """The right to sit in this room has ended."""

    def lose_bell(self, room_id: int) -> None:
        """The right to hear of this room has ended."""

    def know_right(self, sitting: Sitting) -> None:
        """What may be done in this room has changed; the sitting says how."""

    def lose_all(self) -> None:
        """Whoever opened this socket is not signed in any more."""

    def come_again(self) -> None:
        """Whoever opened this socket has to show anew that they are signed in."""

    def begin_again(self, sitting: Sitting) -> None:
        """The room's clock was set back; what is shown must be replaced."""


@dataclass(slots=True, eq=False)
class Sitting:
    """One seat in one room.

    Attributes:
        rights: the house's clock of rights when the policy was last asked for it.
        late: the version after which a seat that fell behind must be caught up; ``None`` while it is live.
    """

    guest: Guest
    seat: Seat
    feed: Feed
    rights: int
    standing: Standing
    room: dict[str, Any] = field(default_factory=dict)
    late: int | None = None

    @property
    def room_id(self) -> int:
        return self.feed.room_id

    @property
    def can_post(self) -> bool:
        return self.standing.can_post


class Sittings:
    """All sittings of a process.

    Attributes:
        rights: every revocation up to this number has been heeded here.
        latest: the largest number that was heard of: whoever was let in before must be asked for again.
    """

    def __init__(
        self, seating: Seating, in_thread: Callable[..., Awaitable[Any]], presence: Presence
    ) -> None:
        self.rights = self.latest = 0
        self._seating = seating
        self._in_thread = in_thread
        self._presence = presence
        self._sittings: set[Sitting] = set()
        self._guests: set[Guest] = set()
        self._heeding = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()  # a loop holds its tasks weakly
        self._loop = asyncio.get_running_loop()
        seating.listen(rights.TOPIC, self._rung)
        seating.join(rights.TOPIC)
        rights.register(self)

    def start(self, number: int) -> None:
        """Nobody sat here before this number of the clock of rights."""
        self.rights = max(self.rights, number)
        self.latest = max(self.latest, number)

    def enter(self, guest: Guest) -> None:
        self._guests.add(guest)

    def depart(self, guest: Guest) -> None:
        self._guests.discard(guest)

    def add(self, sitting: Sitting) -> None:
        if sitting not in self._sittings:
            self._sittings.add(sitting)
            self._presence.arrived(sitting.room_id, sitting.guest.person)

    def remove(self, sitting: Sitting) -> None:
        if sitting in self._sittings:
            self._sittings.discard(sitting)
            self._presence.departed(sitting.room_id, sitting.guest.person)

    async def set_back(self, number: int) -> None:
        """The clock of rights was set back: look at everybody, and heed what comes after this number."""
        async with self._heeding:
            await self._look_again("", None)
            self.rights = self.latest = number

    def begin_again(self) -> None:
        for sitting in list(self._sittings):
            sitting.guest.begin_again(sitting)

    async def heed(self, number: int) -> None:
        """Look at all seats that are concerned by revocations up to this number."""
        self.latest = max(self.latest, number)  # first: somebody may be sitting down while the table is read
        async with self._heeding:
            if number <= self.rights:
                return
            revoked = await self._in_thread(_revocations, self.rights)
            for person_key, room_id in revoked:
                await self._look_again(person_key, room_id)
            self.rights = max(number, self.rights)

    def heed_from_thread(self, number: int) -> None:
        """As `heed`, soon, from any thread of this process."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._rung, rights.TOPIC, {"number": number})

    async def check_accounts(self) -> None:
        """Find accounts and sessions that ended without a word (deleted in the database, expired)."""
        guests = [guest for guest in self._guests if not guest.person.is_visitor]
        if guests:
            await self._close_gone(guests, accounts_missing)

    # Private

    def _rung(self, topic: str, message: dict[str, Any]) -> None:
        task = self._loop.create_task(self._heed_loudly(message["number"]))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _heed_loudly(self, number: int) -> None:
        try:
            await self.heed(number)
        except Exception:
            log.exception("could not heed revocation %d; the next heartbeat will", number)

    async def _look_again(self, person_key: str, room_id: int | None) -> None:
        guests = [guest for guest in self._guests if person_key in ("", guest.person.key)]
        if room_id is None:
            await self._close_gone(guests, accounts_gone)
            if person_key and not sessions.can_be_ended():
                # Nobody can tell from a session in a cookie that it was signed out of: each comes back with the cookie that it has now.
                for guest in guests:
                    if guest in self._guests and guest.session_key is not None:
                        guest.come_again()
        sittings = [
            sitting
            for sitting in self._sittings
            if person_key in ("", sitting.guest.person.key) and room_id in (None, sitting.room_id)
        ]
        await self._take_away(sittings)
        await self._silence(guests, room_id)

    async def _close_gone(self, guests: Iterable[Guest], gone_of: Callable[[set[Known]], set[Known]]) -> None:
        standing = {guest: (guest.person, guest.session_key) for guest in guests}
        gone = await self._in_thread(gone_of, set(standing.values()))
        for guest, known in standing.items():
            if known in gone:
                guest.lose_all()

    async def _take_away(self, sittings: list[Sitting]) -> None:
        asked = {(sitting.guest.person, sitting.room_id) for sitting in sittings}
        answers: dict[tuple[str, int], Standing] = await self._in_thread(standings_of, asked)
        for sitting in sittings:
            standing = answers[sitting.guest.person.key, sitting.room_id]
            if not standing.can_read:
                sitting.standing = standing
                sitting.guest.lose_room(sitting, "forbidden")
                continue
            known, sitting.standing = sitting.standing, standing
            if standing.told() != known.told():
                sitting.guest.know_right(sitting)

    async def _silence(self, guests: Iterable[Guest], room_id: int | None) -> None:
        heard = [(guest, bell) for guest in guests for bell in list(guest.bells) if room_id in (None, bell)]
        if not heard:
            return
        asked = {(guest.person, bell) for guest, bell in heard}
        answers: dict[tuple[str, int], Standing] = await self._in_thread(standings_of, asked)
        for guest, bell in heard:
            if not answers[guest.person.key, bell].can_read:
                guest.lose_bell(bell)


def _revocations(after: int) -> list[tuple[str, int | None]]:
    return list(Revocation.objects.filter(number__gt=after).values_list("person_key", "room_id").distinct())
