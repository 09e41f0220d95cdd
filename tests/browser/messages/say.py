"""A room in which somebody says what is given: ``python -m tests.browser.messages.say <room> <body>...``."""

import sys

import django
from django.utils import timezone


def main(room_name, bodies):
    django.setup()
    from tests.browser.past import tell

    tell(room_name, [(0, ("u99", "Mori"), body) for body in bodies], timezone.now())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
