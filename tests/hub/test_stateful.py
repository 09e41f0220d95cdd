"""Subscription down, leaving, closing, falling behind and being cancelled in any order, against a model."""

import asyncio
from collections import defaultdict

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from tests.hub.recorder import Recorder
from zashiki.hub.hub import Hub
from zashiki.hub.options import configure, options
from zashiki.hub.relay_groups import group_of

TOPICS = ["room.1", "room.2", "座敷"]
topics = st.sampled_from(TOPICS)


class MoodyLayer:
    """A layer of one process that is slow, or fails before or after it has done its work, as it is told."""

    def __init__(self):
        self.groups = defaultdict(set)
        self.mood = "well"
        self.faults = 0

    async def new_channel(self):
        return "channel"

    async def receive(self, channel):
        await asyncio.Event().wait()

    async def group_add(self, group, channel):
        await self._do(self.groups[group].add, channel)

    async def group_discard(self, group, channel):
        await self._do(self.groups[group].discard, channel)

    async def group_send(self, group, message):
        await self._do(lambda _: None, None)

    async def _do(self, work, channel):
        await asyncio.sleep(0)
        if self.mood == "fails before":
            raise ConnectionError
        work(channel)
        await asyncio.sleep(0)
        if self.mood == "fails after":
            raise ConnectionError


class Subscription(RuleBasedStateMachine):
    """The model: who sits where, and what each connection has been shown and told, in order."""

    connections = Bundle("connections")
    subscriptions = Bundle("subscriptions")

    def __init__(self):
        super().__init__()
        self.before = options()
        configure(layer_retry=0.001, slow_client_timeout=1000)
        self.loop = asyncio.new_event_loop()
        self.layer = MoodyLayer()
        self.loop.run_until_complete(self._make())
        self.subscription = defaultdict(set)  # topic to connections
        self.expected = defaultdict(list)
        self.joined = defaultdict(int)
        self.seen = []
        self.count = 0

    async def _make(self):
        self.house = Hub(self.layer)

    def do(self, function, *args):
        """On the loop, without letting it turn more than once."""

        async def doing():
            return function(*args)

        return self.loop.run_until_complete(doing())

    @rule(target=connections)
    def open(self):
        connection = self.do(Recorder)
        self.seen.append(connection)
        return connection

    @rule(connection=connections, topic=topics)
    def place(self, connection, topic):
        self.do(self.house.add, topic, connection)
        if not connection.closed:
            self.subscription[topic].add(connection)

    @rule(target=subscriptions, connection=connections, topic=topics)
    def sit(self, connection, topic):
        async def start():
            task = self.loop.create_task(self.house.subscribe(topic, connection))
            await asyncio.sleep(0)
            return task

        if not connection.closed:
            self.subscription[topic].add(connection)
        return self.loop.run_until_complete(start())

    @rule(task=consumes(subscriptions))
    def cancel(self, task):
        task.cancel()

    @rule(connection=connections, topic=topics)
    def leave(self, connection, topic):
        self.do(self.house.unsubscribe, topic, connection)
        self.subscription[topic].discard(connection)

    @rule(connection=consumes(connections), how=st.sampled_from(["close", "end"]))
    def close(self, connection, how):
        if how == "close":
            self.do(connection.close, 1000)
        else:  # what was shown in this turn is lost with the connection
            self.do(self.house.flush)
            self.do(connection.mark_closed)
        for subscription in self.subscription.values():
            subscription.discard(connection)

    @rule(connection=connections)
    def fall_behind(self, connection):
        self.do(connection.mark_behind)

    @rule(connection=connections)
    def drain(self, connection):
        self.do(connection.mark_drained)

    @rule(shown=st.lists(topics, min_size=1, max_size=4))
    def show(self, shown):
        def showing():
            for topic in shown:
                self.count += 1
                self.house.publish(topic, str(self.count))
                for connection in self.subscription[topic]:
                    if connection.live:
                        self.expected[connection].append(str(self.count).encode())

        self.do(showing)

    @rule(shown=st.lists(topics, max_size=3), connection=connections)
    def show_and_say(self, shown, connection):
        def speaking():
            self.show_now(shown)
            self.count += 1
            if not connection.closed:
                connection.send(str(self.count))
                self.expected[connection].append(str(self.count).encode())
            self.show_now(shown)

        self.do(speaking)

    def show_now(self, shown):
        for topic in shown:
            self.count += 1
            self.house.publish(topic, str(self.count))
            for connection in self.subscription[topic]:
                if connection.live:
                    self.expected[connection].append(str(self.count).encode())

    @rule(topic=topics)
    def join(self, topic):
        self.do(self.house.watch, topic)
        self.joined[topic] += 1

    @rule(topic=topics)
    def part(self, topic):
        if self.joined[topic]:
            self.joined[topic] -= 1
            self.do(self.house.unwatch, topic)

    @rule(mood=st.sampled_from(["well", "fails before", "fails after"]))
    def change_mood(self, mood):
        self.layer.mood = mood

    @rule()
    def forget(self):
        """The layer loses its groups; a heartbeat follows sooner or later."""
        self.layer.groups.clear()
        self.do(self.house.relay._groups.invalidate)

    @rule(turns=st.integers(1, 5))
    def turn(self, turns):
        async def turning():
            for _ in range(turns):
                await asyncio.sleep(0)

        self.loop.run_until_complete(turning())

    @invariant()
    def everybody_sits_where_they_should(self):
        self.do(self.house.flush)
        assert set(self.house.topics()) == {
            topic for topic, connections in self.subscription.items() if connections
        }
        for topic in TOPICS:
            assert set(self.house.connections(topic)) == self.subscription[topic]
        for connection in self.seen:
            assert connection.topics == {
                topic for topic, connections in self.subscription.items() if connection in connections
            }

    @invariant()
    def everybody_was_shown_what_they_should(self):
        for connection in self.seen:
            assert connection.payloads == self.expected[connection]

    def teardown(self):
        self.layer.mood = "well"
        self.loop.run_until_complete(self._until_settled())
        wanted = {group_of(topic) for topic in TOPICS if self.subscription[topic] or self.joined[topic]}
        assert {group for group, channels in self.layer.groups.items() if channels} == wanted
        self.loop.run_until_complete(self.house.close())
        assert not any(self.layer.groups.values())
        self.loop.run_until_complete(asyncio.sleep(0))
        assert not asyncio.all_tasks(self.loop)
        self.loop.close()
        configure(layer_retry=self.before.layer_retry, slow_client_timeout=self.before.slow_client_timeout)

    async def _until_settled(self):
        groups = self.house.relay._groups
        for topic in TOPICS:
            await asyncio.wait_for(self.house.relay.wait_joined(topic), 5)
        async with asyncio.timeout(5):
            while groups._to_reconcile or self.house.relay.is_down:
                await asyncio.sleep(0.001)
            await asyncio.sleep(0.002)


Subscription.TestCase.settings = settings(
    max_examples=150,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestSitting = Subscription.TestCase
