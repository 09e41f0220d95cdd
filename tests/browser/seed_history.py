"""Puts a room's earlier messages straight into the database."""

from datetime import timedelta


def seed_room(room_name, lines, begin, description=""):
    """Make a room with messages.

    Args:
        lines: triples of minutes since the line before, person as (key, name), and body.
        begin: when the first was posted, an aware datetime.
    """
    from zashiki.models import Room

    seed_lines(Room.objects.create(name=room_name, description=description), lines, begin)


def seed_lines(room, lines, begin):
    """The same in a room that exists and has no messages."""
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
