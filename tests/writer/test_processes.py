"""Several processes write into the same rooms of one database at once: no deadlock, no gap, nothing twice."""

import json
import os
import subprocess
import sys

import pytest

AUTHORS, POSTS = 3, 120
ROOMS = """
from zashiki.models import Room, SystemState
SystemState.load()
print(*[Room.objects.create(name=f"room{n}").pk for n in range(4)])
"""
TABLE = """
import json
from zashiki.models import Message, Room
print(json.dumps([list(Message.objects.order_by("room", "position").values_list("room", "position", "version", "pk", "nonce")),
                  list(Room.objects.values_list("pk", "position", "version"))]))
"""


def manage(env, *words):
    return subprocess.run(
        [sys.executable, "-m", "django", *words], env=env, check=True, capture_output=True, text=True
    ).stdout


@pytest.fixture(params=["sqlite", "postgresql"])
def env(request, folder):
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": ".",
        "ZASHIKI_TEST_FOLDER": str(folder),
    }
    if request.param == "postgresql":
        env["ZASHIKI_TEST_DATABASE"] = request.getfixturevalue("postgres_url")
    manage(env, "migrate", "-v0")
    return env


def test_processes_share_the_rooms(env):
    rooms = manage(env, "shell", "-v0", "-c", ROOMS).split()
    command = [sys.executable, "-m", "tests.writer.author"]
    authors = [
        subprocess.Popen(
            [*command, f"author{n}", str(POSTS), str(n), *rooms], env=env, stdout=subprocess.PIPE, text=True
        )
        for n in range(AUTHORS)
    ]
    acknowledged = [
        tuple(each) for author in authors for each in json.loads(author.communicate(timeout=90)[0])
    ]
    messages, heads = json.loads(manage(env, "shell", "-v0", "-c", TABLE))

    assert len(acknowledged) == 2 * AUTHORS * POSTS and len(set(acknowledged)) == AUTHORS * POSTS
    assert set(acknowledged) == {(room, position, pk, nonce) for room, position, _, pk, nonce in messages}
    for room, position, version in heads:
        mine = [(message[1], message[2]) for message in messages if message[0] == room]
        assert mine == [(n, n) for n in range(1, position + 1)] and version == position
