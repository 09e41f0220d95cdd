"""Fill a room with many messages before a test begins: ``python -m tests.browser.sidebar.seed_long_room <room> <count> <reader> <read up to>``."""

import sys
from datetime import timedelta

import django
from django.utils import timezone

# SQLite says the first message again and again, each with its number, in a small part of the time that Django takes for it.
AGAIN = """
with recursive numbers(number) as (select 2 union all select number + 1 from numbers where number < %s)
insert into zashiki_message ({columns}) select {values} from zashiki_message, numbers where zashiki_message.id = %s
"""
NUMBERED = {
    "position": "number",
    "version": "number",
    "nonce": "'past-' || number",
    "body": "replace(body, 'Message 1 of', 'Message ' || number || ' of')",
    "html": "replace(html, 'Message 1 of', 'Message ' || number || ' of')",
    "posted_at": "datetime(posted_at, '+' || (number - 1) || ' minutes')",
}


def main(room_name, count, reader, read_position):
    django.setup()
    from tests.browser.seed_history import seed_lines
    from zashiki.models import Membership, Room

    room = Room.objects.get(name=room_name)
    seed_lines(room, [(1, ("u99", "Mori"), f"Message 1 of {count}")], timezone.now() - timedelta(days=1))
    _copy_message(room, int(count))
    Membership.objects.filter(room=room, user__username=reader).update(read_position=int(read_position))


def _copy_message(room, count):
    from django.db import connection

    from zashiki.models import Message

    names = [field.column for field in Message._meta.concrete_fields if not field.primary_key]
    statement = AGAIN.format(
        columns=", ".join(names), values=", ".join(NUMBERED.get(name, name) for name in names)
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [count, Message.objects.get(room=room).pk])
    room.position = room.version = count
    room.save()


if __name__ == "__main__":
    main(*sys.argv[1:])
