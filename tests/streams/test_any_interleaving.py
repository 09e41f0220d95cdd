"""Whatever happens in whatever order, every view ends as the table is; and whoever says what they have seen, has seen it."""

import asyncio
import json
import uuid

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase
from hypothesis import settings as run_with
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.support.database_threads import OneThread
from tests.support.runtimes import Client, separate_process
from zashiki.consumers.session import ChatSession
from zashiki.errors import NotFound
from zashiki.models import Message, Room, SystemState
from zashiki.person import Person
from zashiki.streams import RoomStream
from zashiki.streams import stream as feed_module
from zashiki.streams import streams as feeds_module
from zashiki.writer import DeleteMessage, EditMessage, PostMessage, ReactToMessage
from zashiki.writer.store import store

PROCESSES, CLIENTS = 2, 3
AUTHOR = Person("vauthor", "Author")

which_process = st.integers(0, PROCESSES - 1)
which_client = st.integers(0, CLIENTS - 1)
which_message = st.integers(0, 30)
RESTORE = "restore"
RESTORE_FIRST = "restore first"  # and everything is shown anew before what was read is used


class Rooms(RuleBasedStateMachine):
    """Two processes with one database between them; what one announces to the other waits in `rung` until it is delivered, again, late or never."""

    monkeypatch = run_in_thread = None  # set by the test
    patience = 20  # seconds for one step
    made = 0
    current = None  # the machine that runs

    @initialize()
    def begin(self):
        self.loop = asyncio.new_event_loop()
        self.rung = []
        self.meanwhile = []  # what happens between a reading of the table and its use: who posts, nothing, or a restore, one after the other
        self.backup = None
        self.beats = []  # of hearts, which come a little after a restore
        self.processes, self.hearts = [], [asyncio.Lock() for _ in range(PROCESSES)]
        Rooms.made += 1
        Rooms.current = self
        self.run(self._begin())

    async def _begin(self):
        self.room = await Rooms.run_in_thread(Room.objects.create, name=f"room{Rooms.made}")
        self.processes = [separate_process(self.monkeypatch, self._read) for _ in range(PROCESSES)]
        self.clients = [Client(self.room.pk, Person(f"vreader{n}", f"Reader {n}")) for n in range(CLIENTS)]
        await self._back_up()

    # Changes

    @rule(process=which_process, size=st.sampled_from([1, 1, 1, 700]), count=st.integers(1, 6))
    def post(self, process, size, count):
        for _ in range(count):
            self.run(self._change(process, self.a_post("x" * size)))

    @rule(
        processes=st.lists(
            st.none() | which_process | st.sampled_from([RESTORE, RESTORE_FIRST]), min_size=1, max_size=4
        )
    )
    def post_meanwhile(self, processes):
        self.meanwhile = processes

    @rule(process=which_process, message=which_message)
    def edit(self, process, message):
        if found := self.message(message):
            body = f"{found.body[:50]}!"
            self.change(process, EditMessage(**self.by_author, message_id=found.pk, body=body))

    @rule(process=which_process, message=which_message)
    def delete(self, process, message):
        if found := self.message(message):
            self.change(process, DeleteMessage(**self.by_author, message_id=found.pk))

    @rule(process=which_process, message=which_message, on=st.booleans())
    def react(self, process, message, on):
        if found := self.message(message):
            self.change(process, ReactToMessage(**self.by_author, message_id=found.pk, emoji="🍵", on=on))

    # Backups

    @rule()
    def back_up(self):
        self.run(self._back_up())

    @rule()
    def restore(self):
        self.run(self._restore())

    # Announcements

    @rule(process=which_process, chosen=st.integers(0, 20), again=st.booleans())
    def deliver(self, process, chosen, again):
        """An announcement arrives somewhere: out of order, or again."""
        if self.rung:
            number = chosen % len(self.rung)
            message = self.rung[number] if again else self.rung.pop(number)
            self.now(self.processes[process].streams.on_notification, self.room.pk, message)

    @rule()
    def drop_announcements(self):
        self.rung.clear()

    @rule(process=which_process, head=st.integers(1, 60))
    def hear_of_a_version(self, process, head):
        """Somebody names a version, perhaps one that does not exist."""
        self.now(self.processes[process].streams.on_events, self.room.pk, [], head)

    @rule(process=which_process)
    def heartbeat(self, process):
        self.run(self._beat(process))

    # Clients

    @rule(client=which_client, process=which_process)
    def sit(self, client, process):
        client = self.clients[client]
        if not client.is_connected:
            self.run(client.connect(self.processes[process]))
        self.run(client.sit())

    @rule(client=which_client, count=st.integers(1, 8))
    def read(self, client, count):
        self.present(client).read(count)

    @rule(client=which_client)
    def cut(self, client):
        client = self.present(client)
        self.now(client.cut)
        self.check_claim(client.view)

    @rule(client=which_client)
    def leave(self, client):
        self.run(self.present(client).say("unsubscribe", room=self.room.pk))

    @rule(client=which_client)
    def fall_behind(self, client):
        self.now(self.present(client).connection.mark_behind)

    @rule(client=which_client)
    def drain(self, client):
        self.now(self.present(client).connection.mark_drained)

    @rule(client=which_client)
    def drain_for_a_moment(self, client):
        """It has read enough and is full again before anybody could do anything about it."""
        connection = self.present(client).connection
        self.now(lambda: (connection.mark_drained(), connection.mark_behind()))

    @rule()
    def let_time_pass(self):
        self.run(asyncio.sleep(0.02))

    # The end

    def teardown(self):
        if not self.processes:
            return
        try:
            self.run(self._end())
            for client in self.clients:
                assert client.errors in ([], ["not_subscribed"] * len(client.errors))
                assert self.held(client.view) == self.table(client.view)
                assert client.view.since == self.head
        finally:
            self.run(self._close())
            self.loop.close()

    async def _end(self):
        await asyncio.gather(*self.beats)
        for number, client in enumerate(self.clients):
            if not client.is_connected:
                await client.connect(self.processes[number % PROCESSES])
            client.connection.mark_drained()
            client.read()
            await client.sit()
        for number in range(PROCESSES):
            await self._beat(number)
        self.head = await Rooms.run_in_thread(lambda: Room.objects.get(pk=self.room.pk).version)
        async with asyncio.timeout(self.patience / 2):
            while any(stream.version < self.head for process in self.processes for stream in process.streams):
                await asyncio.sleep(0.005)
            while any(client.talk._catching for client in self.clients):
                await asyncio.sleep(0.005)
        await asyncio.sleep(0)
        for client in self.clients:
            client.read()

    async def _close(self):
        for client in self.clients:
            if client.is_connected:
                client.cut()
        for process in self.processes:
            await process.close()

    # The machinery

    by_author = property(
        lambda self: {"room_id": self.room.pk, "person": AUTHOR, "permissions_version": 2**60}
    )

    def present(self, number):
        """A client that is there; it comes and sits down if it was not."""
        if not self.clients[number].is_connected:
            self.sit(number, number % PROCESSES)
        return self.clients[number]

    def run(self, work):
        return self.loop.run_until_complete(asyncio.wait_for(work, self.patience))

    def now(self, function, *arguments):
        async def call():
            function(*arguments)

        self.run(call())

    def change(self, process, change):
        self.run(self._change(process, change))

    async def _change(self, process, change):
        outcomes, news = await Rooms.run_in_thread(store, [change])
        is_gone = isinstance(outcomes[0], NotFound)  # by a restore meanwhile
        assert is_gone or not isinstance(outcomes[0], Exception), outcomes
        self.processes[process].streams.publish(news)

    async def _read(self, function, *args):
        """How the processes ask the database."""
        found = await Rooms.run_in_thread(function, *args)
        process = self.meanwhile.pop(0) if self.meanwhile else None
        if callable(process):
            await process(self)
        elif process in (RESTORE, RESTORE_FIRST):
            await self._restore()
            if process == RESTORE_FIRST and not any(heart.locked() for heart in self.hearts):
                await asyncio.gather(*self.beats)
        elif process is not None:
            await self._change(process, self.a_post("meanwhile"))
        return found

    async def _back_up(self):
        kept = Message.objects.filter(room=self.room)
        clocks = Room.objects.filter(pk=self.room.pk).values("version", "position")
        self.backup = await Rooms.run_in_thread(lambda: (list(kept), clocks.get()))

    async def _restore(self):
        """As docs/deployment.md has it; nothing that was announced before is on its way any more."""
        await Rooms.run_in_thread(_restore, self.room.pk, *self.backup)
        self.rung.clear()
        self.beats += [asyncio.create_task(self._beat(n, 0.005 * n)) for n in range(PROCESSES)]

    async def _beat(self, number, pause=0):
        await asyncio.sleep(pause)
        async with self.hearts[number]:
            await self.processes[number].heartbeat()

    def a_post(self, body):
        author = {"author_key": AUTHOR.key, "author_name": AUTHOR.name}
        return PostMessage(**self.by_author, **author, body=body, nonce=uuid.uuid4().hex)

    def message(self, number):
        messages = Message.objects.filter(room=self.room, deleted_at=None)
        found = self.run(Rooms.run_in_thread(lambda: list(messages.order_by("position"))))
        return found[number % len(found)] if found else None

    def table(self, view):
        floor = view.timeline[0]["position"] if view.more_before and view.messages else 1
        messages = Message.objects.filter(room=self.room, position__gte=floor).order_by("position")
        return self.run(
            Rooms.run_in_thread(lambda: [json.loads(json.dumps(message.state())) for message in messages])
        )

    @staticmethod
    def held(view):
        return view.timeline

    def check_claim(self, view):
        """Everything up to the version that this client will name is in its view."""
        if view.since is not None and view.epoch == self.run(Rooms.run_in_thread(SystemState.load)).epoch:
            held = {message["id"]: message["version"] for message in view.timeline}
            for message in self.table(view):
                assert message["version"] > view.since or held.get(message["id"]) == message["version"]


@transaction.atomic
def _restore(room_id, messages, clocks):
    Message.objects.filter(room=room_id).delete()
    Message.objects.bulk_create(messages)
    Room.objects.filter(pk=room_id).update(**clocks)
    SystemState.load().renew_epoch()


@pytest.fixture
def small(transactional_db, monkeypatch, settings):
    """Limits so small that every way to catch up is taken, and announcements that arrive when the machine says so."""
    settings.ZASHIKI_HISTORY_PAGE_SIZE, settings.ZASHIKI_CATCH_UP_LIMIT, settings.ZASHIKI_SEND_BUFFER_HIGH = (
        4,
        6,
        4096,
    )
    monkeypatch.setattr(feed_module, "RECENT_LIMIT", 5)
    monkeypatch.setattr(feed_module, "FILL_LIMIT", 3)
    monkeypatch.setattr(feed_module, "EARLY_LIMIT", 3)
    monkeypatch.setattr(feed_module, "EARLY_WAIT", 0.005)
    monkeypatch.setattr(Rooms, "monkeypatch", monkeypatch)
    in_thread = OneThread()
    monkeypatch.setattr(Rooms, "run_in_thread", in_thread)
    monkeypatch.setattr(
        feeds_module, "notify", lambda _, message: Rooms.current.rung.append(json.loads(json.dumps(message)))
    )
    yield
    in_thread.close()


def run_machine(examples, steps):
    how = run_with(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        report_multiple_bugs=False,
    )
    run_state_machine_as_test(Rooms, settings=how)


@pytest.mark.timeout(240)
def test_every_view_becomes_the_table(small):
    run_machine(examples=40, steps=40)


def show_what_comes(stream, events, head=0):
    for event in events:
        if event.version > stream.version:
            stream._publish(event)


async def sit_down_at_the_end(stream, page):
    page.version = stream.version
    return True


def fall_behind_again(conversation, connection):
    for subscription in conversation._subscriptions.values():
        subscription.late = subscription.stream.version
        conversation.runtime.hub.unsubscribe(conversation.topic(subscription.stream), connection)


missed = ChatSession._load_catch_up


def be_given_what_was_missed_in_whatever_epoch(conversation, subscription, since, epoch):
    return missed(conversation, subscription, since, conversation.runtime.epoch)


def miss_an_announcement(rooms):
    rooms.sit(0, 1)
    rooms.post(0, 1, 1)
    rooms.drop_announcements()
    rooms.post(0, 1, 1)
    rooms.deliver(1, 0, False)


def sit_down_while_somebody_posts(rooms):
    rooms.sit(0, 0)
    rooms.read(0, 1)
    rooms.cut(0)
    rooms.post(0, 1, 6)
    rooms.post_meanwhile([None, 0])  # after the room was entered and the table was read
    rooms.sit(0, 0)
    rooms.post(0, 1, 1)


def be_full_again_at_once(rooms):
    rooms.sit(0, 0)
    rooms.fall_behind(0)
    rooms.post(0, 1, 1)
    rooms.drain_for_a_moment(0)
    rooms.drain(0)
    rooms.let_time_pass()
    rooms.post(0, 1, 1)


def sit_down_while_a_backup_is_restored(rooms):
    async def restore_and_go_on(rooms):
        await rooms._restore()
        for _ in range(6):
            await rooms._change(0, rooms.a_post("after"))
        await asyncio.gather(*rooms.beats)

    rooms.sit(0, 0)
    rooms.post(0, 1, 3)
    rooms.read(0, 8)
    rooms.cut(0)
    rooms.post_meanwhile([restore_and_go_on])  # after the room was entered
    rooms.sit(0, 0)


# A bug, and the shortest way to it.
BUGS = {
    "gaps are not filled": (miss_an_announcement, RoomStream, "on_events", show_what_comes),
    "what comes while somebody sits down is not shown": (
        sit_down_while_somebody_posts,
        RoomStream,
        "bring_to_head",
        sit_down_at_the_end,
    ),
    "who falls behind twice is caught up from the second time": (
        be_full_again_at_once,
        ChatSession,
        "_fell_behind",
        fall_behind_again,
    ),
    "what somebody has seen is believed in whatever epoch": (
        sit_down_while_a_backup_is_restored,
        ChatSession,
        "_load_catch_up",
        be_given_what_was_missed_in_whatever_epoch,
    ),
}


def go(way):
    rooms = Rooms()
    rooms.begin()
    way(rooms)
    rooms.teardown()


@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_found(bug, small, monkeypatch):
    way, *planted = BUGS[bug]
    go(way)
    monkeypatch.setattr(*planted)
    with pytest.raises(AssertionError):
        go(way)
