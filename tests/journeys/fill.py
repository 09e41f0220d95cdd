"""Fill a room without talking: ``python -m tests.journeys.fill <room name> <count>``."""

import sys
from datetime import timedelta

import django
from django.utils import timezone

PEOPLE = [("u1", "Aiko Tanaka"), ("u2", "Ben Okafor"), ("u3", "相子"), ("u4", "Márta")]


def fill(room_name, count):
    from zashiki.models import Message, Room
    from zashiki.rendering import render

    room = Room.objects.create(name=room_name, position=count, version=count)
    begin = timezone.now() - timedelta(days=1, minutes=count)
    messages = []
    for position in range(1, count + 1):
        key, name = PEOPLE[position // 3 % len(PEOPLE)]
        body = f"Message {position} of {count}" + " and on it goes" * (position % 7)
        messages.append(
            Message(
                room=room,
                position=position,
                version=position,
                author_key=key,
                author_name=name,
                nonce=f"fill-{position}",
                body=body,
                html=render(body),
                posted_at=begin + timedelta(minutes=position),
            )
        )
    Message.objects.bulk_create(messages, batch_size=500)


if __name__ == "__main__":
    django.setup()
    fill(sys.argv[1], int(sys.argv[2]))
