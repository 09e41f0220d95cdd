"""Messages that a user has saved for later. Synchronous."""

from __future__ import annotations

from zashiki.models import Message, SavedMessage
from zashiki.person import Person
from zashiki.rooms.listing import readable_ids

SAVED_LIMIT = 200


def saved_messages(person: Person) -> list[Message]:
    """Latest saved first; what was deleted, or is in a room that one may not read any more, is left out."""
    if person.user is None:
        return []
    rows = SavedMessage.objects.filter(user=person.user, message__deleted_at__isnull=True).select_related(
        "message__room"
    )
    messages = [row.message for row in rows.order_by("-saved_at", "-pk")[:SAVED_LIMIT]]
    readable = readable_ids(person, (message.room for message in messages))
    return [message for message in messages if message.room_id in readable]
