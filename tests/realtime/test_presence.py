"""Who is here, told to those who come: exactly in a small room, by a count and the differences in a large one."""

import asyncio
import json

import pytest

from tests.support.recording_connection import RecordingConnection
from zashiki.hub import Hub
from zashiki.person import Person
from zashiki.realtime import presence as module
from zashiki.realtime.presence import NAMES_LIMIT, Presence

ROOM = 7


@pytest.fixture
async def presence(monkeypatch):
    monkeypatch.setattr(module, "DEBOUNCE", 0.01)
    made = Presence(Hub(None), lambda room_id, message: None, "here")
    yield made
    made.close()


def people(count):
    return [Person(f"u{number}", f"Person {number}", None) for number in range(count)]


async def test_whoever_comes_to_a_small_room_is_told_of_everybody(presence):
    for count, person in enumerate(people(3), start=1):
        presence.arrived(ROOM, person)
        assert presence.snapshot(ROOM)["count"] == count
        assert person.key in [each["id"] for each in presence.snapshot(ROOM)["people"]]


async def test_two_tabs_are_one_person_until_both_are_closed(presence):
    (aiko,) = people(1)
    presence.arrived(ROOM, aiko)
    presence.arrived(ROOM, aiko)
    presence.departed(ROOM, aiko)
    assert presence.snapshot(ROOM)["count"] == 1


async def test_in_a_large_room_the_answer_and_the_difference_make_the_whole(presence):
    crowd = people(NAMES_LIMIT + 50)
    for person in crowd[:-1]:
        presence.arrived(ROOM, person)
    known = presence.snapshot(ROOM)
    connection = RecordingConnection()
    presence._hub.add(f"room.{ROOM}", connection)
    presence.arrived(ROOM, crowd[-1])
    assert presence.snapshot(ROOM) is known  # made once for everybody who comes in this moment
    await asyncio.sleep(0.05)
    (shown,) = [json.loads(payload) for payload in connection.read()]
    assert shown["count"] == len(crowd)
    assert presence.snapshot(ROOM)["count"] == len(crowd)
