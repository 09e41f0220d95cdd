"""Every command of the wire with every kind of nonsense in every field: one answer each, with a code that is written down."""

import asyncio
import json
import time

import msgspec
import pytest
from django.contrib.auth import get_user_model
from hypothesis import HealthCheck, given
from hypothesis import settings as run_with
from hypothesis import strategies as st

from tests.invalid_input.values import JSON
from tests.support.database_threads import OneThread
from tests.support.runtimes import Client, separate_process
from zashiki import wire, writer
from zashiki.errors import ZashikiError
from zashiki.people.identity import person_for_user
from zashiki.rooms import actions as room_actions
from zashiki.rooms import members

CODES = {refusal.code for refusal in ZashikiError.__subclasses__()}
PATIENCE = 20  # seconds for one answer


@pytest.fixture
def guest(transactional_db, monkeypatch):
    """Says frames to a conversation, subscription in a room where there is a message."""
    loop, in_thread = asyncio.new_event_loop(), OneThread()
    guest = Guest(loop, in_thread)
    loop.run_until_complete(guest.come(monkeypatch))
    yield guest
    loop.run_until_complete(guest.process.close())
    in_thread.close()
    loop.close()


class Guest:
    def __init__(self, loop, in_thread):
        self._loop = loop
        self._in_thread = in_thread

    async def come(self, monkeypatch):
        person, self.room = await self._in_thread(_furnish)
        self.process = separate_process(monkeypatch, self._in_thread)
        self._client = Client(self.room.pk, person)
        await self._client.connect(self.process)

    def says(self, command, fields):
        """The answer to a command whose fields are given as JSON; what is left out is as it should be."""
        return self._loop.run_until_complete(asyncio.wait_for(self._says(command, fields), PATIENCE))

    async def _says(self, command, fields):
        message = await self._in_thread(writer.post, self.room, "tea", author=self._client.person)
        await self._client.sit()
        connection = self._client.connection
        connection.read()
        right = {name: json.dumps(value) for name, value in _right(self.room, message).items()}
        known = {"ref", *(field.name for field in msgspec.structs.fields(command))}
        said = {name: value for name, value in (right | fields).items() if name in known}
        frame = ",".join(f'"{name}":{value}' for name, value in said.items())
        await self._client.talk.receive(f'{{"type":"{command.__struct_config__.tag}",{frame}}}')
        return await self._answer(connection)

    async def _answer(self, connection):
        until = time.monotonic() + PATIENCE
        answers = []
        while not answers and time.monotonic() < until:
            heard = map(json.loads, connection.read())
            answers = [said for said in heard if said["type"] in {"ok", "error"}]
            await asyncio.sleep(0)
        (answer,) = answers
        return answer


def _furnish():
    user = get_user_model().objects.create_user("aiko")
    room = room_actions.create(user, "tea")
    members.add(room, get_user_model().objects.create_user("ben"))
    return person_for_user(user), room


def _right(room, message):
    """A value that is right for each field of any command."""
    return {
        "ref": 1,
        "room": room.pk,
        "message": message.pk,
        "ids": [message.pk],
        "body": "tea",
        "nonce": message.nonce[::-1],
        "emoji": "🍵",
        "position": 1,
    }


def assert_clear(answer):
    assert answer["type"] == "ok" or (answer["code"] in CODES and answer["detail"]), answer


@pytest.mark.parametrize("command", wire.COMMANDS, ids=lambda command: command.__name__)
def test_every_field_of_every_command(command, guest):
    assert guest.says(command, {})["type"] == "ok"
    for field in msgspec.structs.fields(command):
        for value in JSON:
            assert_clear(guest.says(command, {field.name: value}))


def test_several_fields_at_once(guest):
    names = sorted({field.name for command in wire.COMMANDS for field in msgspec.structs.fields(command)})

    @run_with(
        max_examples=200,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(
        st.sampled_from(wire.COMMANDS),
        st.dictionaries(st.sampled_from(names), st.sampled_from(JSON), min_size=1, max_size=3),
    )
    def whatever(command, fields):
        assert_clear(guest.says(command, fields))

    whatever()
