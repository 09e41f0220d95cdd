"""Say much in a room before a journey begins: ``python -m tests.journeys.hall.backlog <room> <count> <reader> <read up to>``."""

import sys
from datetime import timedelta

import django
from django.utils import timezone


def main(room_name, count, reader, read_position):
    django.setup()
    from tests.journeys.past import lines_in
    from zashiki.models import Membership, Room

    lines = [(1, ("u99", "Mori"), f"Message {number} of {count}") for number in range(1, int(count) + 1)]
    room = Room.objects.get(name=room_name)
    lines_in(room, lines, timezone.now() - timedelta(days=1))
    Membership.objects.filter(room=room, user__username=reader).update(read_position=int(read_position))


if __name__ == "__main__":
    main(*sys.argv[1:])
