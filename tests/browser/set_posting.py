"""Says who may post in a room, as its owner does from another process. Arguments: the room's name, "everybody" or "moderators"."""

import sys

import django

if __name__ == "__main__":
    django.setup()
    from zashiki.models import Room
    from zashiki.rooms.actions import allow_posting, restrict_posting

    room = Room.objects.get(name=sys.argv[1])
    {"everybody": allow_posting, "moderators": restrict_posting}[sys.argv[2]](room)
