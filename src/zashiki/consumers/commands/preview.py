"""A text as it would look, while it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zashiki import wire
from zashiki.consumers.commands.handlers import Handlers
from zashiki.errors import Forbidden
from zashiki.messages.mention_marker import MentionMarker, Resolved
from zashiki.messages.mentions import mention_candidates, resolve_mentions
from zashiki.messages.rendering import render
from zashiki.writer.changes.body import clean_body

if TYPE_CHECKING:
    from zashiki.consumers.v1 import V1Session


async def preview(session: V1Session, command: wire.Preview) -> None:
    if not session.subscription(command.room).can_post:
        raise Forbidden
    body = clean_body(command.body)
    people = await session.runtime.run_in_thread(_called, command.room, body)
    html = await session.runtime.rendering.run(
        session.person.key, _drawn, command.room, body, people, session.person.key
    )
    session.answer(command.ref, html=html)


HANDLERS: Handlers = {wire.Preview: preview}


def _called(room_id: int, body: str) -> Resolved:
    return resolve_mentions((room_id, name) for name in mention_candidates(body))


def _drawn(room_id: int, body: str, people: Resolved, author: str) -> str:
    return render(body, MentionMarker(room_id, people), author=author)
