"""The hand of the site: a process of its own, without an event loop, that does what views, tasks and the shell do.

Reads requests as lines of JSON, ``[name, argument, ...]``, and answers each with a line: ``["ok", result]`` or ``["error", text]``.
Times are `time.monotonic`, which on Linux is one clock for all processes.
"""

import io
import json
import os
import sqlite3
import sys
import time
from contextlib import closing

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zashiki.server.settings")
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import InterfaceError, OperationalError, connection, connections, transaction  # noqa: E402

from zashiki import writer  # noqa: E402
from zashiki.models import Membership, Message, Room, SystemState  # noqa: E402
from zashiki.person import user_key  # noqa: E402
from zashiki.rooms import members  # noqa: E402
from zashiki.testing import signed_in  # noqa: E402


def cast(people, rooms):
    """Make accounts and rooms.

    Args:
        rooms: the people of each room by its name; nobody makes it an open one.

    Returns:
        cookies and key of each person, id of each room.
    """
    SystemState.load()
    users = {name: get_user_model().objects.create_user(name) for name in people}
    made = {
        name: Room.objects.create(name=name, kind="private" if who else "public")
        for name, who in rooms.items()
    }
    Membership.objects.bulk_create(
        Membership(room=made[name], user=users[each]) for name, who in rooms.items() for each in who
    )
    return {
        "cookies": {name: signed_in(user) for name, user in users.items()},
        "keys": {name: user_key(user.pk) for name, user in users.items()},
        "rooms": {name: room.pk for name, room in made.items()},
    }


def remove(name, room_id):
    """Take somebody out of a room.

    Returns:
        when it was committed, and the room's version then.
    """
    user = get_user_model().objects.get(username=name)
    with transaction.atomic():
        members.remove(Room.objects.get(pk=room_id), user)
        version = Room.objects.get(pk=room_id).version
    return [time.monotonic(), version]


def post(room_id, body, nonce):
    """Post as the site itself; the message's id, position and version."""
    message = writer.post(Room.objects.get(pk=room_id), body, name="Site", nonce=nonce)
    return [message.pk, message.position, message.version]


def lock(room_id, seconds):
    """Hold a room's row, or the only lock there is, for a while."""
    with transaction.atomic():
        Room.objects.locked({room_id})
        time.sleep(seconds)


def table():
    """Everything that is true: each room's clocks, each message's state."""
    fields = ("id", "room", "position", "version", "author_key", "nonce", "body", "deleted_at")
    messages = Message.objects.order_by("room", "position").values_list(*fields)
    return {
        "rooms": {room.pk: [room.position, room.version] for room in Room.objects.all()},
        "messages": [[*row[:-1], row[-1] is not None] for row in messages],
    }


def back_up(path):
    """Copy SQLite's database while it is in use."""
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)


def restore(path):
    """Put the copy in its place, while it is in use."""
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        copy.backup(connection.connection)


def epoch():
    return SystemState.load().epoch


def manage(*words):
    call_command(*words, stdout=io.StringIO())


WORK = {each.__name__: each for each in (cast, remove, post, lock, table, back_up, restore, epoch, manage)}


def work(name, *arguments):
    try:
        return WORK[name](*arguments)
    except (InterfaceError, OperationalError):  # the database has been away since the last request
        connections.close_all()
        return WORK[name](*arguments)


def main():
    for line in sys.stdin:
        try:
            answer = ["ok", work(*json.loads(line))]
        except Exception as fault:
            answer = ["error", f"{type(fault).__name__}: {fault}"]
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
