"""Fills a chat server that `zashiki serve` has just made: somebody with thirty rooms, and a full page of messages in each.

Prints the key of a session in which that person is signed in, and the addresses of the rooms.
"""

import json
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zashiki.server.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import transaction  # noqa: E402

from zashiki.models import Membership, Room  # noqa: E402
from zashiki.writer import post  # noqa: E402

ROOMS, MESSAGES, SPEAKERS = 30, 50, 8
SAID = [
    "Good morning! Is the **kettle** on?",
    "お茶を入れました。どうぞ、座敷へ。",
    "See https://www.djangoproject.com/ for the release notes, section *Security*.",
    "```python\nfor guest in room.guests():\n    guest.greet('welcome')\n```",
    "- water\n- tea\n- two cups, the blue ones",
    "I think we should wait until the afternoon: then everybody is back, and nobody has to be told twice. Or what do you think?",
    "> two cups, the blue ones\n\nThree! Mio comes too.",
]


def main() -> None:
    people = [get_user_model().objects.create_user(f"person{number}") for number in range(SPEAKERS)]
    rooms = [Room.objects.create(name=f"room {number}") for number in range(ROOMS)]
    for room in rooms:
        Membership.objects.bulk_create(Membership(room=room, user=person) for person in people)
        with transaction.atomic():
            for number in range(MESSAGES):
                body = SAID[number % len(SAID)]
                post(room, body, author=people[number * number % SPEAKERS], nonce=f"{room.pk}-{number}")
    print(json.dumps({"session": _session(people[0]), "rooms": [f"/chat/room/{room.pk}/" for room in rooms]}))


def _session(person) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


main()
