"""What was read before a backup was restored, and is answered after everything was shown anew, hides nothing that is posted from then on."""

import asyncio
import json
import uuid

import pytest

from tests.support.database_threads import in_thread
from tests.support.recording_connection import RecordingConnection
from tests.support.runtimes import Client, separate_process
from zashiki import permissions
from zashiki.consumers import commands
from zashiki.consumers.tutorial import TutorialSession
from zashiki.models import Kind, Membership, Message, PermissionChange, Room, SystemState
from zashiki.people.identity import person_for_user
from zashiki.person import Person
from zashiki.realtime import activity
from zashiki.rooms.listing import rooms_for
from zashiki.streams import queries
from zashiki.streams import streams as streams_module
from zashiki.writer import PostMessage
from zashiki.writer.store import store

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE, LOST = 3, 3  # messages in the backup, and posted after it
AUTHOR, READER = Person("vauthor", "Author"), Person("vreader", "Reader")


class Table:
    """The database as a process asks it. One answer can be held back until it is let go.

    Attributes:
        asked: set when the question whose answer is held back was asked and read from the table.
    """

    def __init__(self):
        self._held_back = None
        self.asked, self._let_go = asyncio.Event(), asyncio.Event()

    def hold_back(self, function):
        self._held_back = function

    def let_go(self):
        self._let_go.set()

    async def ask(self, function, *args):
        found = await in_thread(function, *args)
        if function is self._held_back:
            self._held_back = None
            self.asked.set()
            await self._let_go.wait()
        return found


class Restored:
    """A process with one room, of which a backup was made after a few messages; more were posted since.

    Attributes:
        notified: events for the process, which come when the test says so.
    """

    def __init__(self, monkeypatch):
        self.table = Table()
        monkeypatch.setattr(streams_module, "notify", lambda *_: None)
        self.process = separate_process(monkeypatch, self.table.ask)
        self.process.run_in_thread = self.table.ask
        self.clients = []

    async def begin(self):
        self.room = await in_thread(Room.objects.create, name="tea")
        await self.post_elsewhere(*(f"kept {n}" for n in range(BEFORE)))
        await self.back_up()
        await self.process.ready()

    async def back_up(self):
        self._backup = await in_thread(self._read_all)

    async def post_elsewhere(self, *bodies):
        """Another process stores them, and this one is not told."""
        for body in bodies:
            change = PostMessage(
                room_id=self.room.pk,
                person=AUTHOR,
                permissions_version=2**60,
                body=body,
                nonce=uuid.uuid4().hex,
                author_key=AUTHOR.key,
                author_name=AUTHOR.name,
            )
            [outcome], self._news = await in_thread(store, [change])
            assert isinstance(outcome, Message)

    async def post(self, *bodies):
        for body in bodies:
            await self.post_elsewhere(body)
            self.process.streams.publish(self._news)

    async def lose(self):
        await self.post(*(f"lost {n}" for n in range(LOST)))

    async def restore(self):
        """The backup, with a new epoch, of which the process hears at its heartbeat."""
        await self.write_backup()
        await self.process.heartbeat()

    async def write_backup(self):
        await in_thread(self._write_all)

    async def join(self, person=READER):
        client = Client(self.room.pk, person)
        await client.connect(self.process)
        self.clients.append(client)
        await client.sit()
        client.read()
        return client

    async def settle(self):
        await asyncio.sleep(0.15)

    async def bodies(self):
        return await in_thread(
            lambda: list(
                Message.objects.filter(room=self.room).order_by("position").values_list("body", flat=True)
            )
        )

    async def close(self):
        for client in self.clients:
            if client.is_connected:
                client.cut()
        await self.process.close()

    def _read_all(self):
        room = Room.objects.filter(pk=self.room.pk).values("version", "position").get()
        return list(Message.objects.filter(room=self.room)), room

    def _write_all(self):
        messages, room = self._backup
        Message.objects.filter(room=self.room).delete()
        Message.objects.bulk_create(messages)
        Room.objects.filter(pk=self.room.pk).update(**room)
        SystemState.load().renew_epoch()


@pytest.fixture
async def restored(monkeypatch):
    made = Restored(monkeypatch)
    await made.begin()
    yield made
    made.table.let_go()
    await made.close()


def texts(client):
    client.read()
    return [message["body"] for message in client.view.timeline]


async def test_a_gap_that_was_being_filled(restored):
    client = await restored.join()
    restored.table.hold_back(queries.changes_since)
    await restored.post_elsewhere("lost 0", "lost 1", "lost 2")
    restored.process.streams.on_events(restored.room.pk, [], 6)  # told that there is more
    await restored.table.asked.wait()
    await restored.restore()
    restored.table.let_go()
    await restored.settle()
    await restored.post("new 0", "new 1", "new 2")
    await restored.settle()
    assert texts(client) == await restored.bodies()
    assert client.view.since == BEFORE + 3


async def test_a_room_that_was_being_opened(restored):
    await restored.lose()
    restored.table.hold_back(queries.newest_changes)
    joining = asyncio.create_task(restored.join())
    await restored.table.asked.wait()
    await restored.restore()
    restored.table.let_go()
    client = await joining
    await restored.post("new 0", "new 1")
    await restored.settle()
    assert texts(client) == await restored.bodies()


@pytest.mark.parametrize("asked, since", [(queries.changes_since, 1), (queries.newest_messages, None)])
async def test_a_catch_up_that_was_being_read(asked, since, restored, monkeypatch):
    """The old answer comes when the room was set back, and the process has not finished showing everything anew."""
    await restored.join()
    await restored.lose()
    stream = restored.process.streams.get(restored.room.pk)
    restored.table.hold_back(asked)
    with monkeypatch.context() as without_memory:
        without_memory.setattr(stream.recent, "since", lambda version: None)
        without_memory.setattr(stream.recent, "newest", lambda count, position: None)
        reading = asyncio.create_task(stream.load_catch_up(since, 50, 50))
        await restored.table.asked.wait()
    await restored.write_backup()
    await stream.reset()
    await restored.post("new 0", "new 1", "new 2")
    restored.table.let_go()
    page = await reading
    assert await stream.bring_to_head(page)
    shown = [json.loads(event.payload)["message"]["body"] for event in page.events]
    assert shown == await restored.bodies()


async def test_older_messages_that_were_being_read(restored):
    client = await restored.join()
    await restored.lose()
    client.read()
    restored.table.hold_back(commands.history._page)
    asking = asyncio.create_task(client.say("history", room=restored.room.pk, limit=20))
    await restored.table.asked.wait()
    await restored.restore()
    restored.table.let_go()
    await asking
    await restored.settle()
    answers = [json.loads(payload) for payload in client.connection.read()]
    [answer] = [answer for answer in answers if answer.get("ref") == 1 and "messages" in answer]
    assert [message["body"] for message in answer["messages"]] == await restored.bodies()


@pytest.mark.parametrize("asked", [rooms_for, activity._missed])
async def test_the_list_of_rooms_that_was_being_read(asked, restored, django_user_model):
    """Whoever sits elsewhere is told of what is posted after the restore."""

    def join():
        user = django_user_model.objects.create_user("ben")
        Membership.objects.create(user=user, room=restored.room)
        return person_for_user(user)

    ben = await in_thread(join)
    other = await in_thread(Room.objects.create, name="garden")
    client = Client(other.pk, ben)
    restored.clients.append(client)
    await client.connect(restored.process)
    if asked is activity._missed:
        await client.say("rooms")
    await restored.post_elsewhere("lost 0", "lost 1", "lost 2")
    restored.table.hold_back(asked)
    reading = asyncio.create_task(
        client.say("rooms") if asked is rooms_for else restored.process.activity.reconcile()
    )
    await restored.table.asked.wait()
    await restored.restore()
    if asked is activity._missed:
        await client.say("rooms")
    restored.table.let_go()
    await reading
    client.connection.read()
    await restored.post("new 0")
    await restored.settle()
    told = [json.loads(payload) for payload in client.connection.read()]
    assert [each["position"] for each in told if each["type"] == "activity"] == [BEFORE + 1]


async def test_a_permission_that_ends_after_a_late_notification_of_one_before(restored, django_user_model):
    """A version of the permissions that the restored database has not reached yet hides none that it reaches later."""

    def make_private():
        user = django_user_model.objects.create_user("ben")
        Membership.objects.create(user=user, room=restored.room)
        Room.objects.filter(pk=restored.room.pk).update(kind=Kind.PRIVATE)
        return person_for_user(user), user

    def set_back():
        PermissionChange.objects.all().delete()
        SystemState.objects.update(permissions_version=0)

    def remove():
        Membership.objects.filter(user=user).delete()
        permissions.invalidate(user=user, room=restored.room)

    ben, user = await in_thread(make_private)
    client = await restored.join(ben)
    subscriptions = restored.process.subscriptions
    async with subscriptions._applying:  # the reset comes first, the late notification waits behind it
        await in_thread(set_back)
        resetting = asyncio.create_task(restored.restore())
        async with asyncio.timeout(5):
            while not subscriptions._applying._waiters:
                await asyncio.sleep(0.01)
        late = asyncio.create_task(subscriptions.apply_changes_up_to(9))
        await asyncio.sleep(0.01)
    await asyncio.gather(resetting, late)
    await in_thread(remove)
    await restored.process.heartbeat()
    assert not client.talk.is_subscribed(restored.room.pk)


async def test_a_client_of_the_tutorial_is_shown_nothing_twice_and_everything_new(restored):
    connection = RecordingConnection()
    talk = TutorialSession(restored.process, READER, None, connection, connection.close)
    await talk.start("tea")
    await restored.post("kept as well")
    await restored.back_up()
    await restored.lose()
    await restored.settle()
    connection.read()
    await restored.restore()
    await restored.post("new 0", "new 1")
    await restored.settle()
    assert [json.loads(payload)["message"] for payload in connection.read()] == ["new 0", "new 1"]
    connection.mark_closed()
    talk.close()
