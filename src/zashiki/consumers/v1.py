"""zashiki.v1: commands with a `ref`, each answered once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import InterfaceError, OperationalError

from zashiki import conf, wire
from zashiki.consumers.answers import Answers
from zashiki.consumers.commands import HANDLERS
from zashiki.consumers.conversation import Answer, Conversation
from zashiki.errors import NotSeated, Unavailable, ZashikiError
from zashiki.feed import Feed, Page
from zashiki.seating import Seat
from zashiki.sittings import Sitting
from zashiki.writer import Change

log = logging.getLogger("zashiki.conversation")


class V1Conversation(Conversation):
    """A client that speaks zashiki.v1, in one room or in many. What its commands do is in `commands`.

    Attributes:
        room_name: the room of the socket's address, or ``None``.
        bells: the rooms whose bell it hears, with a position of each; silent where it sits.
    """

    async def begin(self, room_name: str | None) -> None:
        self.room_name = room_name
        self._answers = Answers(self.seat)
        await self.process.seating.sit(self.own_topic, self.seat)

    async def hear(self, text: str) -> None:
        try:
            command = wire.decode(text)
        except wire.Refused as refusal:
            return self._answers.say(wire.error(refusal.ref, refusal.error))
        try:
            self.payer.pay_for(command)
            await HANDLERS[type(command)](self, command)
        except ZashikiError as refusal:
            self._answers.say(wire.error(command.ref, refusal))
        except (OperationalError, InterfaceError) as fault:
            log.warning("database away, no answer to a command: %s", str(fault).strip())
            self._answers.say(wire.error(command.ref, Unavailable(retry_after=2)))
        except Exception:  # a fault of ours fails this command alone
            log.exception("the command %s failed", type(command).__name__.lower())
            self._answers.say(wire.error(command.ref, ZashikiError()))
        await self._answers.room()

    def end(self) -> None:
        self.hear_bells({})
        super().end()

    async def sit_down(self, wanted: int | str, since: int | None, answer: Answer) -> Sitting:
        sitting = await super().sit_down(wanted, since, answer)
        self.process.bells.leave(sitting.room_id, self.seat)
        return sitting

    def stand_up(self, sitting: Sitting) -> None:
        super().stand_up(sitting)
        if sitting.room_id in self.bells:
            self.process.bells.place(sitting.room_id, sitting.feed.position, self.seat)

    @property
    def own_topic(self) -> str:
        """What all sockets of this person listen to."""
        return f"user.{self.person.key}"

    def topic(self, feed: Feed) -> str:
        return feed.topic

    def resume(self, sitting: Sitting, page: Page) -> None:
        self._answers.say(wire.event("resumed", **self.seated(sitting, page)))
        self.send_page(page)

    def lose_room(self, sitting: Sitting, code: str) -> None:
        super().lose_room(sitting, code)
        self._answers.say(wire.event("left", room=sitting.room_id, code=code))

    def lose_bell(self, room_id: int) -> None:
        self.bells.pop(room_id, None)
        self.process.bells.leave(room_id, self.seat)

    def know_right(self, sitting: Sitting) -> None:
        self._answers.say(wire.event("can", room=sitting.room_id, can=sitting.standing.told()))

    # For the commands

    def hear_bells(self, rooms: dict[int, int]) -> None:
        """Hear the bells of these rooms and of no others, except where one sits.

        Args:
            rooms: the newest position that is known of each, by its id.
        """
        for room_id in self.bells.keys() - rooms.keys():
            self.process.bells.leave(room_id, self.seat)
        self.bells = dict(rooms)
        for room_id, position in rooms.items():
            if not self.sits_in(room_id):
                self.process.bells.place(room_id, position, self.seat)

    def answer(self, ref: wire.Ref, **fields: Any) -> None:
        self._answers.say(wire.ok(ref, **fields))

    def sitting(self, room_id: int) -> Sitting:
        """The sitting of this socket in a room.

        Raises:
            NotSeated: it does not sit there.
        """
        if room_id not in self._sittings:
            raise NotSeated
        return self._sittings[room_id]

    def sits_in(self, room_id: int | None) -> bool:
        return room_id in self._sittings

    async def store(self, ref: wire.Ref, change: Change, stored: Callable[[Any], dict[str, Any]]) -> None:
        """Have a change stored and answered after the commit, with what `stored` makes of its outcome."""
        answer = await self.process.submit(change)
        self._answers.owe()
        answer.add_done_callback(partial(self._stored, ref, stored))

    def broadcast(self, topic: str, news: bytes) -> None:
        """To everybody who listens to a topic, in every process; felt, never true."""
        self._start(self._broadcast(topic, news))

    def seated(self, sitting: Sitting, page: Page) -> dict[str, Any]:
        """What somebody who sits down, or is live again, is told of the room."""
        return {
            "room": {**sitting.room, "version": page.version, "position": sitting.feed.position},
            "epoch": self.process.epoch,
            "limited": page.limited,
            "more": page.more,
            "can": sitting.standing.told(),
            "me": {"id": self.person.key, "name": self.person.name},
            "presence": self.process.presence.here(sitting.room_id),
            "limits": {"body": conf.get("BODY_LIMIT"), "frame": conf.get("FRAME_LIMIT")},
        }

    def send_page(self, page: Page) -> None:
        for event in page.events:
            self._answers.say(event.payload)

    # Private

    def _drained(self, seat: Seat) -> None:
        self._answers.resume()
        if not seat.behind:
            super()._drained(seat)

    def _stored(
        self, ref: wire.Ref, stored: Callable[[Any], dict[str, Any]], answer: asyncio.Future[Any]
    ) -> None:
        self._answers.settle()
        if answer.cancelled() or self.seat.closed:
            return
        fault = answer.exception()
        if fault is None:
            self.answer(ref, **stored(answer.result()))
        else:
            self._answers.say(wire.error(ref, fault if isinstance(fault, ZashikiError) else ZashikiError()))

    async def _broadcast(self, topic: str, news: bytes) -> None:
        await self.process.seating.broadcast(topic, news, ephemeral=True)
