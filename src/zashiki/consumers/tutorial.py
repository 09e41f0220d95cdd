"""The dialect of the Channels tutorial: ``{"message": "text"}`` in and out, and nothing but messages."""

from __future__ import annotations

import uuid
from asyncio import Future
from typing import Any

import msgspec

from zashiki import wire
from zashiki.consumers.session import ChatSession
from zashiki.errors import Forbidden, Malformed, ZashikiError
from zashiki.limits.rate_limits import COSTS
from zashiki.models import Message
from zashiki.realtime.subscriptions import Subscription
from zashiki.streams import CatchUp, RoomStream
from zashiki.writer import PostMessage


class _TutorialMessage(msgspec.Struct):
    message: str


_decoder = msgspec.json.Decoder(_TutorialMessage)


class TutorialSession(ChatSession):
    """A client that knows rooms by name and nothing of history.

    What is refused comes back to the sender alone, as a message with the refusal's sentence and an extra key ``error`` with its code.
    """

    _subscription: Subscription
    _position: int

    async def start(self, room_name: str | None) -> None:
        self._subscription = await self.subscribe(room_name or "", None, self._live)

    async def receive(self, text: str) -> None:
        try:
            await self._submit(text)
        except ZashikiError as refusal:
            self._refuse(refusal)

    def topic(self, stream: RoomStream) -> str:
        return stream.tutorial_topic

    def send_catch_up(self, subscription: Subscription, page: CatchUp) -> None:
        for event in sorted(page.events, key=lambda event: event.position):
            if event.position > self._position and (payload := event.tutorial_payload()):
                self.connection.send(payload)

    def on_access_lost(self, subscription: Subscription, code: str) -> None:
        super().on_access_lost(subscription, code)
        self._close_socket(4403, "you may not be in this room any more")

    def on_reset(self, subscription: Subscription) -> None:
        shown = subscription.stream.position
        self._position = shown if subscription.late is None else min(shown, self._position)
        super().on_reset(subscription)

    def _live(self, subscription: Subscription, page: CatchUp) -> None:
        self._position = subscription.stream.position

    def _fell_behind(self, connection: Any) -> None:
        if self._subscription.late is None:
            self._position = self._subscription.stream.position
        super()._fell_behind(connection)

    async def _submit(self, text: str) -> None:
        try:
            frame = _decoder.decode(text)
        except (msgspec.MsgspecError, UnicodeError, RecursionError):
            raise Malformed('This is not {"message": "text"}.') from None
        if not self._subscription.can_post:
            raise Forbidden
        self.payer.pay(COSTS[wire.Post], size=len(frame.message.encode("utf-8", "surrogatepass")))
        change = PostMessage(
            room_id=self._subscription.room_id,
            person=self.person,
            permissions_version=self.runtime.subscriptions.permissions_version,
            session_key=self.session_key,
            body=frame.message,
            nonce=uuid.uuid4().hex,
            author_key=self.person.key,
            author_name=self.person.name,
        )
        (await self.runtime.submit(change)).add_done_callback(self._stored)

    def _stored(self, answer: Future[Message]) -> None:
        if not answer.cancelled() and isinstance(fault := answer.exception(), ZashikiError):
            self._refuse(fault)

    def _refuse(self, refusal: ZashikiError) -> None:
        self.connection.send(wire.encode({"message": str(refusal), "error": refusal.code}))
