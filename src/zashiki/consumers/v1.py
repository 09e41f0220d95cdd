"""zashiki.v1: commands with a `ref`, each answered once."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

from zashiki import history, wire
from zashiki.consumers.conversation import Conversation
from zashiki.errors import Forbidden, Invalid, NotFound, NotSeated, ZashikiError
from zashiki.feed import Feed, Page
from zashiki.limits import posts_of
from zashiki.models import Message
from zashiki.reading import mark_read
from zashiki.sittings import Sitting
from zashiki.writer import Change, DeleteMessage, EditMessage, PostMessage, ReactToMessage

PENDING_LIMIT = 64  # changes of one socket that may wait for the writer; then it is not read any further


class V1Conversation(Conversation):
    """A client that speaks zashiki.v1, in one room or in many."""

    async def begin(self, room_name: str | None) -> None:
        self._room_name = room_name
        self._posts = posts_of(self.person.key)
        self._pending: set[asyncio.Future[Message]] = set()
        await self.process.seating.sit(f"user.{self.person.key}", self.seat)

    async def hear(self, text: str) -> None:
        try:
            command = wire.decode(text)
        except wire.Refused as refusal:
            return self.seat.send(wire.error(refusal.ref, refusal.error))
        try:
            await self._do(command)
        except ZashikiError as refusal:
            self.seat.send(wire.error(command.ref, refusal))
        if len(self._pending) >= PENDING_LIMIT:
            await asyncio.wait(self._pending, return_when=asyncio.FIRST_COMPLETED)

    def topic(self, feed: Feed) -> str:
        return feed.topic

    def resume(self, sitting: Sitting, page: Page) -> None:
        self.seat.send(wire.event("resumed", **self._seated(sitting, page)))
        self._send_page(page)

    def lose_room(self, sitting: Sitting, code: str) -> None:
        super().lose_room(sitting, code)
        self.seat.send(wire.event("left", room=sitting.room_id, code=code))

    # Commands

    async def _do(self, command: wire.AnyCommand) -> None:
        match command:
            case wire.Post():
                self._store(command.ref, self._post(command))
            case wire.Sit():
                await self._sit(command)
            case wire.Leave():
                self.stand_up(self._sitting(command.room))
                self.seat.send(wire.ok(command.ref))
            case wire.History():
                await self._history(command)
            case wire.Read():
                await self._read(command)
            case wire.Typing():
                self._typing(command)
            case wire.Edit() | wire.Delete() | wire.React():
                self._store(command.ref, await self._change(command))

    async def _sit(self, command: wire.Sit) -> None:
        wanted = self._room_name if command.room is wire.UNSET else command.room
        if wanted is None:
            raise Invalid("Which room?")
        since = command.since if command.epoch == self.process.epoch else None

        def answer(sitting: Sitting, page: Page) -> None:
            self.seat.send(wire.ok(command.ref, **self._seated(sitting, page)))
            self._send_page(page)

        await self.sit_down(wanted, since, answer)

    def _post(self, command: wire.Post) -> Change:
        sitting = self._sitting(command.room)
        if not sitting.can_post:
            raise Forbidden
        self._posts.take()
        return PostMessage(
            room_id=command.room,
            person=self.person,
            rights=self.process.sittings.rights,
            body=command.body,
            nonce=command.nonce,
            reply_to=command.reply_to,
            author_key=self.person.key,
            author_name=self.person.name,
        )

    async def _change(self, command: wire.Edit | wire.Delete | wire.React) -> Change:
        room_id = await self.process.in_thread(_room_of, command.message)
        if room_id not in self._sittings:
            raise NotFound
        about: dict[str, Any] = {
            "room_id": room_id,
            "person": self.person,
            "rights": self.process.sittings.rights,
            "message_id": command.message,
        }
        match command:
            case wire.Edit():
                return EditMessage(body=command.body, **about)
            case wire.Delete():
                return DeleteMessage(**about)
            case wire.React():
                return ReactToMessage(emoji=command.emoji, on=command.on, **about)

    async def _history(self, command: wire.History) -> None:
        self._sitting(command.room)
        page = await self.process.in_thread(_history_page, command)
        messages = [message.state() for message in page.messages]
        self._sitting(command.room)  # the right may have ended while the table was read
        self.seat.send(
            wire.ok(command.ref, messages=messages, more_before=page.more_before, more_after=page.more_after)
        )

    async def _read(self, command: wire.Read) -> None:
        self._sitting(command.room)
        position = await self.process.in_thread(mark_read, self.person, command.room, command.position)
        self.seat.send(wire.ok(command.ref, position=position))
        news = wire.event("read", room=command.room, position=position)
        await self.process.seating.broadcast(f"user.{self.person.key}", news, ephemeral=True)

    def _typing(self, command: wire.Typing) -> None:
        sitting = self._sitting(command.room)
        if not sitting.can_post:
            raise Forbidden
        person = {"id": self.person.key, "name": self.person.name}
        news = wire.event("typing", room=command.room, person=person)
        self._start(self._broadcast(sitting.feed.topic, news))
        self.seat.send(wire.ok(command.ref))

    async def _broadcast(self, topic: str, news: bytes) -> None:
        await self.process.seating.broadcast(topic, news, ephemeral=True)

    # Private

    def _sitting(self, room_id: int) -> Sitting:
        if room_id not in self._sittings:
            raise NotSeated
        return self._sittings[room_id]

    def _seated(self, sitting: Sitting, page: Page) -> dict[str, Any]:
        return {
            "room": {**sitting.room, "version": page.version, "position": sitting.feed.position},
            "epoch": self.process.epoch,
            "limited": page.limited,
            "more": page.more,
            "can": {"post": sitting.can_post},
            "me": {"id": self.person.key, "name": self.person.name},
            "presence": self.process.presence.here(sitting.room_id),
        }

    def _send_page(self, page: Page) -> None:
        for event in page.events:
            self.seat.send(event.payload)

    def _store(self, ref: wire.Ref, change: Change) -> None:
        answer = self.process.writer.submit(change)
        self._pending.add(answer)
        answer.add_done_callback(partial(self._stored, ref))

    def _stored(self, ref: wire.Ref, answer: asyncio.Future[Message]) -> None:
        self._pending.discard(answer)
        if answer.cancelled() or self.seat.closed:
            return
        fault = answer.exception()
        if fault is None:
            self.seat.send(wire.ok(ref, message=answer.result().state()))
        else:
            self.seat.send(wire.error(ref, fault if isinstance(fault, ZashikiError) else ZashikiError()))


def _room_of(message_id: int) -> int | None:
    return Message.objects.filter(pk=message_id).values_list("room_id", flat=True).first()


def _history_page(command: wire.History) -> history.HistoryPage:
    if command.around is not None:
        return history.around(command.room, command.around, command.limit)
    if command.after is not None:
        return history.after(command.room, command.after, command.limit)
    if command.before is not None:
        return history.before(command.room, command.before, command.limit)
    return history.newest(command.room, command.limit)
