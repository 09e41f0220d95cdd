"""A text as it would look, while it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zashiki import wire
from zashiki.errors import Forbidden
from zashiki.mentions import People, Speech, called_in, people_called
from zashiki.rendering import render
from zashiki.writer.changes.body import clean_body

if TYPE_CHECKING:
    from zashiki.consumers.v1 import V1Conversation


async def preview(talk: V1Conversation, command: wire.Preview) -> None:
    if not talk.sitting(command.room).can_post:
        raise Forbidden
    body = clean_body(command.body)
    people = await talk.process.in_thread(_called, command.room, body)
    html = await talk.process.rendering.run(
        talk.person.key, _drawn, command.room, body, people, talk.person.key
    )
    talk.answer(command.ref, html=html)


HANDLERS = {wire.Preview: preview}


def _called(room_id: int, body: str) -> People:
    return people_called((room_id, name) for name in called_in(body))


def _drawn(room_id: int, body: str, people: People, author: str) -> str:
    return render(body, Speech(room_id, people).mark, author=author)
