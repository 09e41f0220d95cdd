"""Every command of the socket is tried by every role; an id of a private room in any field tells and changes nothing."""

import asyncio
import json
import time

import msgspec
import pytest
from django.contrib.auth import get_user_model

from tests.support.database_threads import OneThread
from tests.support.runtimes import Client, separate_process
from zashiki import wire, writer
from zashiki.models import Kind, Membership, Message, Role, Room
from zashiki.people.identity import person_for_user
from zashiki.people.visitors import new_visitor
from zashiki.rooms import actions, members

SECRET = "the combination is 4711"
PATIENCE = 20  # seconds for one answer
ROLES = ("visitor", "outsider", "removed", "member", "moderator", "owner", "administrator")
INSIDE = {"member", "moderator", "owner"}
COMMANDS = sorted(wire.COMMANDS, key=lambda command: command.__name__)

# Who is answered with "ok" in a private room, and in an open one; the message is the owner's.
ABOUT_ONESELF = {"Rooms", "Saved", "Threads"}  # what they list is one's own
PRIVATE = {"Edit": {"owner"}, "Delete": {"moderator", "owner"}}
OPEN = {
    "Edit": {"owner"},
    "Delete": {"owner", "administrator"},
    **{name: set(ROLES) - {"visitor"} for name in ("Pin", "Save")},
}

# Fields that name something of a room, by what is put there of the private room.
IDS = {"room": "room", "message": "message", "reply_to": "message", "thread": "message", "ids": "ids"}
# Fields that name nothing of a room.
OTHERS = {
    *("ref", "since", "epoch", "body", "nonce", "in_room", "emoji", "on", "position", "limit", "query"),
    *("before", "after", "around", "around_time"),
}


@pytest.fixture(scope="module")
def loop():
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest.fixture
def stage(transactional_db, monkeypatch, settings, loop):
    settings.ZASHIKI_ALLOW_VISITORS = True
    stage = Stage(loop, monkeypatch)
    yield stage
    stage.close()


class Stage:
    """A garden that is private, a tea room that is open, and somebody of each role with a socket of their own."""

    def __init__(self, loop, monkeypatch):
        self._loop, self._in_thread = loop, OneThread()
        self.people, self.rooms = self._run(self._in_thread(_furnish))
        self._process = self._run(self._opened(monkeypatch))
        self.said = ""

    async def _opened(self, monkeypatch):
        return separate_process(monkeypatch, self._in_thread)

    def close(self):
        self._run(self._process.close())
        self._in_thread.close()

    def ask(self, function, *args):
        return self._run(self._in_thread(function, *args))

    def says(self, role, place, command, fields):
        """The answer to a command of somebody who has tried to sit in the room; `said` is all that they heard."""
        return self._run(asyncio.wait_for(self._says(role, place, command, fields), PATIENCE))

    async def _says(self, role, place, command, fields):
        client = Client(self.rooms[place].pk, self.people[role])
        await client.connect(self._process)
        await client.sit()
        client.connection.read()
        known = {field.name for field in msgspec.structs.fields(command)}
        said = {name: value for name, value in fields.items() if name in known}
        await client.talk.receive(json.dumps({"type": command.__struct_config__.tag, "ref": 1, **said}))
        answer = await self._answer(client.connection)
        client.cut()
        return answer

    async def _answer(self, connection):
        until, heard = time.monotonic() + PATIENCE, []
        while time.monotonic() < until:
            heard += connection.read()
            answers = [each for each in map(json.loads, heard) if each["type"] in {"ok", "error"}]
            if answers:
                self.said = b"".join(each if isinstance(each, bytes) else each.encode() for each in heard)
                return answers[0]
            await asyncio.sleep(0)
        raise AssertionError("no answer")

    def _run(self, work):
        return self._loop.run_until_complete(work)


def _furnish():
    users = {role: get_user_model().objects.create_user(role) for role in ROLES[1:]}
    get_user_model().objects.filter(username="administrator").update(is_superuser=True)
    users["administrator"].refresh_from_db()
    garden = actions.create(users["owner"], "garden", kind=Kind.PRIVATE)
    for role, standing in [
        *(("moderator", Role.MODERATOR), ("member", Role.MEMBER), ("removed", Role.MEMBER)),
    ]:
        members.add(garden, users[role], standing)
    members.remove(garden, users["removed"])
    people = {role: person_for_user(user) for role, user in users.items()}
    return {**people, "visitor": new_visitor("Vera")}, {
        "garden": garden,
        "tea": actions.create(users["owner"], "tea"),
    }


def _message(room, author):
    return writer.post(room, SECRET if room.kind == Kind.PRIVATE else "tea", author=author)


def _right(room, message):
    """A value that is right for each field of any command."""
    return {
        **{"room": room.pk, "message": message.pk, "ids": [message.pk], "body": "words", "position": 1},
        **{"nonce": message.nonce[::-1], "emoji": "🍵"},
    }


def _allowed(command, place):
    if command.__name__ in ABOUT_ONESELF:
        return set(ROLES)
    return (PRIVATE if place == "garden" else OPEN).get(
        command.__name__, INSIDE if place == "garden" else set(ROLES)
    )


def _everything(room):
    """What is stored of a room, for whomever."""
    messages = Message.objects.filter(room=room).order_by("pk")
    return (
        [str(message.state()) for message in messages],
        Room.objects.get(pk=room.pk).version,
        sorted(Membership.objects.filter(room=room).values_list("user", "role", "involvement", "draft")),
    )


def test_every_field_of_every_command_is_sorted():
    fields = {field.name for command in COMMANDS for field in msgspec.structs.fields(command)}
    assert fields == set(IDS) | OTHERS


@pytest.mark.parametrize("place", ["garden", "tea"])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.__name__)
def test_a_command_is_done_for_those_alone_who_may(stage, command, place):
    allowed, room = set(), stage.rooms[place]
    for role in ROLES:
        message = stage.ask(_message, room, stage.people["owner"])
        before = stage.ask(_everything, room)
        answer = stage.says(role, place, command, _right(room, message))
        if answer["type"] == "ok":
            allowed.add(role)
        else:
            assert stage.ask(_everything, room) == before
            assert SECRET.encode() not in stage.said
    assert allowed == _allowed(command, place)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.__name__)
def test_an_id_of_a_private_room_tells_and_changes_nothing(stage, command):
    """Somebody sits in the open room and puts an id of the private one into one field after another, and into all."""
    garden, tea = stage.rooms["garden"], stage.rooms["tea"]
    hidden = stage.ask(_message, garden, stage.people["owner"])
    ids = {"room": garden.pk, "message": hidden.pk, "ids": [hidden.pk]}
    names = sorted({field.name for field in msgspec.structs.fields(command)} & set(IDS))
    before = stage.ask(_everything, garden)
    for changed in [*([name] for name in names), names]:
        for role in ("visitor", "outsider", "removed", "administrator"):
            message = stage.ask(_message, tea, stage.people[role])
            fields = _right(tea, message) | {name: ids[IDS[name]] for name in changed}
            stage.says(role, "tea", command, fields)
            assert SECRET.encode() not in stage.said, (role, changed)
            assert stage.ask(_everything, garden) == before, (role, changed)
