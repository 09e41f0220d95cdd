"""Make a room with the given messages: ``python -m tests.browser.messages.seed_room <room> <body>...``."""

import sys

import django
from django.utils import timezone


def main(room_name, bodies):
    django.setup()
    from tests.browser.seed_history import seed_room

    seed_room(room_name, [(0, ("u99", "Mori"), body) for body in bodies], timezone.now())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
