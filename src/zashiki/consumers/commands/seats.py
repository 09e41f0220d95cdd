"""Sitting down, getting up, and what is felt while one sits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zashiki import wire
from zashiki.errors import Forbidden, Invalid
from zashiki.feed import Page
from zashiki.sittings import Sitting

if TYPE_CHECKING:
    from zashiki.consumers.v1 import V1Conversation


async def sit(talk: V1Conversation, command: wire.Sit) -> None:
    wanted = talk.room_name if command.room is wire.UNSET else command.room
    if wanted is None:
        raise Invalid("Which room?")
    since = command.since if command.epoch == talk.process.epoch else None

    def answer(sitting: Sitting, page: Page) -> None:
        talk.answer(command.ref, **talk.seated(sitting, page))
        talk.send_page(page)

    await talk.sit_down(wanted, since, answer)


async def leave(talk: V1Conversation, command: wire.Leave) -> None:
    talk.stand_up(talk.sitting(command.room))
    talk.answer(command.ref)


async def typing(talk: V1Conversation, command: wire.Typing) -> None:
    sitting = talk.sitting(command.room)
    if not sitting.can_post:
        raise Forbidden
    person = {"id": talk.person.key, "name": talk.person.name}
    talk.broadcast(sitting.feed.topic, wire.event("typing", room=command.room, person=person))
    talk.answer(command.ref)


HANDLERS = {wire.Sit: sit, wire.Leave: leave, wire.Typing: typing}
