"""Whatever happens in whatever order, every view ends as the table is; and whoever says what they have seen, has seen it."""

import asyncio
import json

import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import settings as run_with
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.houses import Client, separate_process
from tests.threads import in_thread
from zashiki.consumers.conversation import Conversation
from zashiki.feed import Feed
from zashiki.feed import feed as feed_module
from zashiki.feed import feeds as feeds_module
from zashiki.models import Message, Room
from zashiki.people import Person
from zashiki.writer import DeleteMessage, EditMessage, PostMessage, ReactToMessage
from zashiki.writer.store import store

PROCESSES, CLIENTS = 2, 4
AUTHOR = Person("vauthor", "Author")

which_process = st.integers(0, PROCESSES - 1)
which_client = st.integers(0, CLIENTS - 1)
which_message = st.integers(0, 30)


class Rooms(RuleBasedStateMachine):
    """Two processes with one database between them; what one announces to the other waits in `rung` until it is delivered, again, late or never."""

    monkeypatch = None  # set by the test
    made = 0
    current = None  # the machine that runs

    @initialize()
    def begin(self):
        self.loop = asyncio.new_event_loop()
        self.rung = []
        self.processes = []
        Rooms.made += 1
        Rooms.current = self
        self.run(self._begin())

    async def _begin(self):
        self.room = await in_thread(Room.objects.create, name=f"room{Rooms.made}")
        self.processes = [separate_process(self.monkeypatch) for _ in range(PROCESSES)]
        self.clients = [Client(self.room.pk, Person(f"vreader{n}", f"Reader {n}")) for n in range(CLIENTS)]

    # Changes

    @rule(process=which_process, size=st.sampled_from([1, 1, 1, 700]), count=st.integers(1, 6))
    def post(self, process, size, count):
        for _ in range(count):
            nonce = f"n{self.room.pk}.{self.loop.time()}"
            body = "x" * size
            self.change(
                process,
                PostMessage(
                    **self.by_author, body=body, nonce=nonce, author_key="vauthor", author_name="Author"
                ),
            )

    @rule(process=which_process, message=which_message)
    def edit(self, process, message):
        if found := self.message(message):
            self.change(
                process, EditMessage(**self.by_author, message_id=found.pk, body=f"{found.body[:50]}!")
            )

    @rule(process=which_process, message=which_message)
    def delete(self, process, message):
        if found := self.message(message):
            self.change(process, DeleteMessage(**self.by_author, message_id=found.pk))

    @rule(process=which_process, message=which_message, on=st.booleans())
    def react(self, process, message, on):
        if found := self.message(message):
            self.change(process, ReactToMessage(**self.by_author, message_id=found.pk, emoji="🍵", on=on))

    # Announcements

    @rule(process=which_process, chosen=st.integers(0, 20), again=st.booleans())
    def deliver(self, process, chosen, again):
        """An announcement arrives somewhere: out of order, or again."""
        if self.rung:
            number = chosen % len(self.rung)
            message = self.rung[number] if again else self.rung.pop(number)
            self.now(self.processes[process].feeds.rung, self.room.pk, message)

    @rule()
    def drop_announcements(self):
        self.rung.clear()

    @rule(process=which_process, head=st.integers(1, 60))
    def hear_of_a_version(self, process, head):
        """Somebody names a version, perhaps one that does not exist."""
        self.now(self.processes[process].feeds.hear, self.room.pk, [], head)

    @rule(process=which_process)
    def heartbeat(self, process):
        self.run(self.processes[process].heartbeat())

    # Clients

    @rule(client=which_client, process=which_process)
    def sit(self, client, process):
        client = self.clients[client]
        if not client.is_connected:
            self.run(client.connect(self.processes[process]))
        self.run(client.sit())

    @rule(client=which_client, count=st.integers(1, 8))
    def read(self, client, count):
        if self.clients[client].is_connected:
            self.clients[client].read(count)

    @rule(client=which_client)
    def cut(self, client):
        if self.clients[client].is_connected:
            self.now(self.clients[client].cut)
            self.check_claim(self.clients[client].view)

    @rule(client=which_client)
    def leave(self, client):
        if self.clients[client].is_connected:
            self.run(self.clients[client].say("leave", room=self.room.pk))

    @rule(client=which_client)
    def fall_behind(self, client):
        if self.clients[client].is_connected:
            self.now(self.clients[client].seat.fall_behind)

    @rule(client=which_client)
    def drain(self, client):
        if self.clients[client].is_connected:
            self.now(self.clients[client].seat.drain)

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
                assert client.errors in ([], ["not_seated"] * len(client.errors))
                assert self.held(client.view) == self.table(client.view)
                assert client.view.since == self.head
        finally:
            self.run(self._close())
            self.loop.close()

    async def _end(self):
        for number, client in enumerate(self.clients):
            if not client.is_connected:
                await client.connect(self.processes[number % PROCESSES])
            client.seat.drain()
            client.read()
            await client.sit()
        for process in self.processes:
            await process.heartbeat()
        self.head = await in_thread(lambda: Room.objects.get(pk=self.room.pk).version)
        async with asyncio.timeout(5):
            while any(feed.version < self.head for process in self.processes for feed in process.feeds):
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

    by_author = property(lambda self: {"room_id": self.room.pk, "person": AUTHOR, "rights": 2**60})

    def run(self, work):
        return self.loop.run_until_complete(work)

    def now(self, function, *arguments):
        async def call():
            function(*arguments)

        self.run(call())

    def change(self, process, change):
        outcomes, news = self.run(in_thread(store, [change]))
        assert not isinstance(outcomes[0], Exception), outcomes
        self.now(self.processes[process].feeds.announce, news)

    def message(self, number):
        messages = Message.objects.filter(room=self.room, deleted_at=None)
        found = self.run(in_thread(lambda: list(messages.order_by("position"))))
        return found[number % len(found)] if found else None

    def table(self, view):
        floor = view.timeline[0]["position"] if view.more and view.messages else 1
        messages = Message.objects.filter(room=self.room, position__gte=floor).order_by("position")
        return self.run(in_thread(lambda: [json.loads(json.dumps(message.state())) for message in messages]))

    @staticmethod
    def held(view):
        return view.timeline

    def check_claim(self, view):
        """Everything up to the version that this client will name is in its view."""
        if view.since is not None:
            held = {message["id"]: message["version"] for message in view.timeline}
            for message in self.table(view):
                assert message["version"] > view.since or held.get(message["id"]) == message["version"]


@pytest.fixture
def small(transactional_db, monkeypatch, settings):
    """Limits so small that every way to catch up is taken, and announcements that arrive when the machine says so."""
    settings.ZASHIKI_PAGE_SIZE, settings.ZASHIKI_CATCH_UP_LIMIT, settings.ZASHIKI_HIGH_MARK = 4, 6, 4096
    monkeypatch.setattr(feed_module, "WINDOW", 5)
    monkeypatch.setattr(feed_module, "FILL", 3)
    monkeypatch.setattr(feed_module, "EARLY_LIMIT", 3)
    monkeypatch.setattr(feed_module, "EARLY_WAIT", 0.005)
    monkeypatch.setattr(Rooms, "monkeypatch", monkeypatch)
    monkeypatch.setattr(
        feeds_module, "ring", lambda _, message: Rooms.current.rung.append(json.loads(json.dumps(message)))
    )


def run_machine(examples, steps):
    how = run_with(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
        database=None,
    )
    run_state_machine_as_test(Rooms, settings=how)


@pytest.mark.timeout(240)
def test_every_view_becomes_the_table(small):
    run_machine(examples=40, steps=40)


def show_what_comes(feed, events, head=0):
    for event in events:
        if event.version > feed.version:
            feed._show(event)


async def sit_down_at_the_end(feed, page):
    page.version = feed.version
    return True


def fall_behind_again(conversation, seat):
    for sitting in conversation._sittings.values():
        sitting.late = sitting.feed.version
        conversation.process.seating.leave(conversation.topic(sitting.feed), seat)


BUGS = {
    "gaps are not filled": (Feed, "hear", show_what_comes),
    "what comes while somebody sits down is not shown": (Feed, "settle", sit_down_at_the_end),
    "who falls behind twice is caught up from the second time": (
        Conversation,
        "_fell_behind",
        fall_behind_again,
    ),
}


@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_found(bug, small, monkeypatch):
    monkeypatch.setattr(*BUGS[bug])
    with pytest.raises(BaseException, match="assert|[Tt]imeout|sub-exception"):
        run_machine(examples=200, steps=50)
