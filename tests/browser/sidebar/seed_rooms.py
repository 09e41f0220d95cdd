"""Rooms to which Aiko and Ben belong, and their direct one: ``python -m tests.browser.sidebar.seed_rooms <name>...``."""

import sys

import django


def main(names):
    django.setup()
    from django.contrib.auth import get_user_model

    from zashiki.models import Membership, Room
    from zashiki.rooms import direct

    people = list(get_user_model().objects.filter(username__in=("aiko", "ben")))
    direct.get_or_create(people)
    for name in names:
        room = Room.objects.create(name=name)
        Membership.objects.bulk_create(Membership(room=room, user=user) for user in people)


if __name__ == "__main__":
    main(sys.argv[1:])
