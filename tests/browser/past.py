"""What was said before the journeys begin, put straight into the table."""

from datetime import timedelta


def tell(room_name, lines, begin, description=""):
    """A room in which people have talked.

    Args:
        lines: triples of minutes since the line before, person as (key, name), and body.
        begin: when the first was said, an aware datetime.
    """
    from zashiki.models import Room

    lines_in(Room.objects.create(name=room_name, description=description), lines, begin)


def lines_in(room, lines, begin):
    """The same in a room that is there, and in which nobody has talked."""
    from zashiki.messages.rendering import render
    from zashiki.models import Message

    room.position = room.version = len(lines)
    room.save()
    messages, when = [], begin
    for position, (minutes, (key, name), body) in enumerate(lines, 1):
        when += timedelta(minutes=minutes)
        messages.append(
            Message(
                room=room,
                position=position,
                version=position,
                author_key=key,
                author_name=name,
                nonce=f"past-{position}",
                body=body,
                html=render(body),
                posted_at=when,
            )
        )
    Message.objects.bulk_create(messages, batch_size=500)
