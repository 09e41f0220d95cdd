"""Fill a room without talking: ``python -m tests.browser.seed_messages <room name> <count>``."""

import sys
from datetime import timedelta

import django
from django.utils import timezone

from tests.browser.seed_history import seed_room

PEOPLE = [("u1", "Aiko Tanaka"), ("u2", "Ben Okafor"), ("u3", "相子"), ("u4", "Márta")]


def fill(room_name, count):
    begin = timezone.now() - timedelta(days=1, minutes=count)
    seed_room(
        room_name,
        [(1, PEOPLE[number // 3 % 4], _body(number, count)) for number in range(1, count + 1)],
        begin,
    )


def _body(number, count):
    return f"Message {number} of {count}" + " and on it goes" * (number % 7)


if __name__ == "__main__":
    django.setup()
    fill(sys.argv[1], int(sys.argv[2]))
