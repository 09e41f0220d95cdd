"""Subscription down, getting up, and what is felt while one sits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zashiki import wire
from zashiki.consumers.commands.handlers import Handlers
from zashiki.errors import Forbidden, Invalid
from zashiki.realtime.subscriptions import Subscription
from zashiki.streams import CatchUp

if TYPE_CHECKING:
    from zashiki.consumers.v1 import V1Session


async def subscribe(session: V1Session, command: wire.Subscribe) -> None:
    wanted = session.room_name if command.room is wire.UNSET else command.room
    if wanted is None:
        raise Invalid("A room id or name is required.")
    since = command.since if command.epoch == session.runtime.epoch else None

    def answer(subscription: Subscription, page: CatchUp) -> None:
        session.answer(command.ref, **session.subscribed_fields(subscription, page))
        session.send_page(page)

    await session.subscribe(wanted, since, answer)


async def unsubscribe(session: V1Session, command: wire.Unsubscribe) -> None:
    session.unsubscribe(session.subscription(command.room))
    session.answer(command.ref)


async def typing(session: V1Session, command: wire.Typing) -> None:
    subscription = session.subscription(command.room)
    if not subscription.can_post:
        raise Forbidden
    person = {"id": session.person.key, "name": session.person.name}
    session.broadcast(subscription.stream.topic, wire.event("typing", room=command.room, person=person))
    session.answer(command.ref)


HANDLERS: Handlers = {wire.Subscribe: subscribe, wire.Unsubscribe: unsubscribe, wire.Typing: typing}
