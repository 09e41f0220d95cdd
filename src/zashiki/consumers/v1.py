"""zashiki.v1: commands with a `ref`, each answered once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import InterfaceError, OperationalError

from zashiki import conf, wire
from zashiki.consumers.commands import HANDLERS
from zashiki.consumers.replies import ReplyQueue
from zashiki.consumers.session import ChatSession, OnSubscribed
from zashiki.errors import NotSubscribed, Unavailable, ZashikiError
from zashiki.hub import Connection
from zashiki.realtime.subscriptions import Subscription
from zashiki.streams import CatchUp, RoomStream
from zashiki.writer import Change

log = logging.getLogger("zashiki.session")


class V1Session(ChatSession):
    """A client that speaks zashiki.v1, in one room or in many. What its commands do is in `commands`.

    Attributes:
        room_name: the room of the socket's address, or ``None``.
        bells: the rooms whose bell it hears, with a position of each; silent where it sits.
    """

    async def start(self, room_name: str | None) -> None:
        self.room_name = room_name
        self._replies = ReplyQueue(self.connection)
        await self.runtime.hub.subscribe(self.user_topic, self.connection)

    async def receive(self, text: str) -> None:
        try:
            command = wire.decode(text)
        except wire.CommandError as refusal:
            return self._replies.send(wire.error(refusal.ref, refusal.error))
        try:
            self.payer.pay_for(command)
            await HANDLERS[type(command)](self, command)
        except ZashikiError as refusal:
            self._replies.send(wire.error(command.ref, refusal))
        except (OperationalError, InterfaceError) as fault:
            log.warning("database away, no answer to a command: %s", str(fault).strip())
            self._replies.send(wire.error(command.ref, Unavailable(retry_after=2)))
        except Exception:  # a fault of ours fails this command alone
            log.exception("the command %s failed", type(command).__struct_config__.tag)
            self._replies.send(wire.error(command.ref, ZashikiError()))
        await self._replies.wait_for_capacity()

    def close(self) -> None:
        self.set_activity_rooms({})
        super().close()

    async def subscribe(self, wanted: int | str, since: int | None, answer: OnSubscribed) -> Subscription:
        subscription = await super().subscribe(wanted, since, answer)
        self.runtime.activity.unsubscribe(subscription.room_id, self.connection)
        return subscription

    def unsubscribe(self, subscription: Subscription) -> None:
        super().unsubscribe(subscription)
        if subscription.room_id in self.activity_rooms:
            self.runtime.activity.subscribe(
                subscription.room_id, subscription.stream.position, self.connection
            )

    @property
    def user_topic(self) -> str:
        """What all sockets of this person listen to."""
        return f"user.{self.person.key}"

    def topic(self, stream: RoomStream) -> str:
        return stream.topic

    def send_catch_up(self, subscription: Subscription, page: CatchUp) -> None:
        self._replies.send(wire.event("resync", **self.subscribed_fields(subscription, page)))
        self.send_page(page)

    def on_access_lost(self, subscription: Subscription, code: str) -> None:
        super().on_access_lost(subscription, code)
        self._replies.send(wire.event("unsubscribed", room=subscription.room_id, code=code))

    def on_activity_access_lost(self, room_id: int) -> None:
        self.activity_rooms.pop(room_id, None)
        self.runtime.activity.unsubscribe(room_id, self.connection)

    def on_permissions_changed(self, subscription: Subscription) -> None:
        self._replies.send(
            wire.event("permissions", room=subscription.room_id, permissions=subscription.access.to_wire())
        )

    # For the commands

    def set_activity_rooms(self, rooms: dict[int, int]) -> None:
        """Hear the bells of these rooms and of no others, except where one sits.

        Args:
            rooms: the newest position that is known of each, by its id.
        """
        for room_id in self.activity_rooms.keys() - rooms.keys():
            self.runtime.activity.unsubscribe(room_id, self.connection)
        self.activity_rooms = dict(rooms)
        for room_id, position in rooms.items():
            if not self.is_subscribed(room_id):
                self.runtime.activity.subscribe(room_id, position, self.connection)

    def answer(self, ref: wire.Ref, **fields: Any) -> None:
        self._replies.send(wire.ok(ref, **fields))

    def subscription(self, room_id: int) -> Subscription:
        """The subscription of this socket in a room.

        Raises:
            NotSeated: it does not sit there.
        """
        if room_id not in self._subscriptions:
            raise NotSubscribed
        return self._subscriptions[room_id]

    def is_subscribed(self, room_id: int | None) -> bool:
        return room_id in self._subscriptions

    async def read(self, function: Callable[..., Any], *args: Any) -> Any:
        """The result of a synchronous function that reads from the database, read again if a backup was restored meanwhile."""
        while True:
            epoch = self.runtime.epoch
            found = await self.runtime.run_in_thread(function, *args)
            if epoch == self.runtime.epoch:
                return found

    async def store(self, ref: wire.Ref, change: Change, stored: Callable[[Any], dict[str, Any]]) -> None:
        """Have a change stored and answered after the commit, with what `stored` makes of its outcome."""
        answer = await self.runtime.submit(change)
        self._replies.reserve()
        answer.add_done_callback(partial(self._stored, ref, stored))

    def broadcast(self, topic: str, payload: bytes) -> None:
        """To everybody who listens to a topic, in every process; felt, never true."""
        self._start(self._broadcast(topic, payload))

    def subscribed_fields(self, subscription: Subscription, page: CatchUp) -> dict[str, Any]:
        """What somebody who sits down, or is live again, is told of the room."""
        return {
            "room": {**subscription.room, "version": page.version, "position": subscription.stream.position},
            "epoch": self.runtime.epoch,
            "limited": page.limited,
            "more_before": page.more_before,
            "permissions": subscription.access.to_wire(),
            "me": {"id": self.person.key, "name": self.person.name},
            "presence": self.runtime.presence.snapshot(subscription.room_id),
            "limits": {"body": conf.get("MAX_MESSAGE_LENGTH"), "frame": conf.get("MAX_FRAME_SIZE")},
        }

    def send_page(self, page: CatchUp) -> None:
        for event in page.events:
            self._replies.send(event.payload)

    # Private

    def _drained(self, connection: Connection) -> None:
        self._replies.resume()
        if not connection.behind:
            super()._drained(connection)

    def _stored(
        self, ref: wire.Ref, stored: Callable[[Any], dict[str, Any]], answer: asyncio.Future[Any]
    ) -> None:
        self._replies.release()
        if answer.cancelled() or self.connection.closed:
            return
        fault = answer.exception()
        if fault is None:
            self.answer(ref, **stored(answer.result()))
        else:
            self._replies.send(wire.error(ref, fault if isinstance(fault, ZashikiError) else ZashikiError()))

    async def _broadcast(self, topic: str, payload: bytes) -> None:
        await self.runtime.hub.broadcast(topic, payload, ephemeral=True)
