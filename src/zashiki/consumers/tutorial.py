"""The dialect of the Channels tutorial: ``{"message": "text"}`` in and out, and nothing but messages."""

from __future__ import annotations

import uuid
from asyncio import Future
from typing import Any

import msgspec

from zashiki import wire
from zashiki.consumers.conversation import Conversation
from zashiki.errors import Forbidden, Malformed, ZashikiError
from zashiki.feed import Feed, Page
from zashiki.limits import COSTS
from zashiki.models import Message
from zashiki.sittings import Sitting
from zashiki.writer import PostMessage


class _Said(msgspec.Struct):
    message: str


_decoder = msgspec.json.Decoder(_Said)


class TutorialConversation(Conversation):
    """A client that knows rooms by name and nothing of history.

    What is refused comes back to the sender alone, as a message with the refusal's sentence and an extra key ``error`` with its code.
    """

    _sitting: Sitting
    _position: int

    async def begin(self, room_name: str | None) -> None:
        self._sitting = await self.sit_down(room_name or "", None, self._live)

    async def hear(self, text: str) -> None:
        try:
            await self._submit(text)
        except ZashikiError as refusal:
            self._refuse(refusal)

    def topic(self, feed: Feed) -> str:
        return feed.tutorial_topic

    def resume(self, sitting: Sitting, page: Page) -> None:
        for event in sorted(page.events, key=lambda event: event.position):
            if event.position > self._position and (payload := event.in_tutorial_dialect()):
                self.seat.send(payload)

    def lose_room(self, sitting: Sitting, code: str) -> None:
        super().lose_room(sitting, code)
        self._close(4403, "you may not be in this room any more")

    def _live(self, sitting: Sitting, page: Page) -> None:
        self._position = sitting.feed.position

    def _fell_behind(self, seat: Any) -> None:
        if self._sitting.late is None:
            self._position = self._sitting.feed.position
        super()._fell_behind(seat)

    async def _submit(self, text: str) -> None:
        try:
            said = _decoder.decode(text)
        except (msgspec.MsgspecError, UnicodeError, RecursionError):
            raise Malformed('This is not {"message": "text"}.') from None
        if not self._sitting.can_post:
            raise Forbidden
        self.payer.pay(COSTS[wire.Post], size=len(said.message.encode("utf-8", "surrogatepass")))
        change = PostMessage(
            room_id=self._sitting.room_id,
            person=self.person,
            rights=self.process.sittings.rights,
            session_key=self.session_key,
            body=said.message,
            nonce=uuid.uuid4().hex,
            author_key=self.person.key,
            author_name=self.person.name,
        )
        (await self.process.submit(change)).add_done_callback(self._stored)

    def _stored(self, answer: Future[Message]) -> None:
        if not answer.cancelled() and isinstance(fault := answer.exception(), ZashikiError):
            self._refuse(fault)

    def _refuse(self, refusal: ZashikiError) -> None:
        self.seat.send(wire.encode({"message": str(refusal), "error": refusal.code}))
