"""Make a room with messages on each of many days: ``python -m tests.browser.messages.seed_days <room> <days>``."""

import sys
from datetime import timedelta

import django
from django.utils import timezone

A_DAY = 12  # messages
PAUSE = 5  # minutes between two of a day
NIGHT = 24 * 60 - (A_DAY - 1) * PAUSE


def main(room_name, days):
    django.setup()
    from tests.browser.seed_history import seed_room

    first = timezone.now().replace(hour=1, minute=0, second=0) - timedelta(days=days)
    begin = first - timedelta(minutes=NIGHT)
    seed_room(
        room_name, [_line(ago, number) for ago in range(days, 0, -1) for number in range(1, A_DAY + 1)], begin
    )


def _line(ago, number):
    return NIGHT if number == 1 else PAUSE, ("u99", "Mori"), f"{ago} days ago, {number} of {A_DAY}"


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
