"""Sitting down, leaving, closing, falling behind and being cancelled in any order, against a model."""

import asyncio
from collections import defaultdict

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from tests.seating.recorder import Recorder
from zashiki.seating.groups import group_of
from zashiki.seating.options import configure, options
from zashiki.seating.seating import Seating

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


class Sitting(RuleBasedStateMachine):
    """The model: who sits where, and what each seat has been shown and told, in order."""

    seats = Bundle("seats")
    sittings = Bundle("sittings")

    def __init__(self):
        super().__init__()
        self.before = options()
        configure(layer_retry=0.001, behind_limit=1000)
        self.loop = asyncio.new_event_loop()
        self.layer = MoodyLayer()
        self.loop.run_until_complete(self._make())
        self.sitting = defaultdict(set)  # topic to seats
        self.expected = defaultdict(list)
        self.joined = defaultdict(int)
        self.seen = []
        self.count = 0

    async def _make(self):
        self.house = Seating(self.layer)

    def do(self, function, *args):
        """On the loop, without letting it turn more than once."""

        async def doing():
            return function(*args)

        return self.loop.run_until_complete(doing())

    @rule(target=seats)
    def open(self):
        seat = self.do(Recorder)
        self.seen.append(seat)
        return seat

    @rule(seat=seats, topic=topics)
    def place(self, seat, topic):
        self.do(self.house.place, topic, seat)
        if not seat.closed:
            self.sitting[topic].add(seat)

    @rule(target=sittings, seat=seats, topic=topics)
    def sit(self, seat, topic):
        async def start():
            task = self.loop.create_task(self.house.sit(topic, seat))
            await asyncio.sleep(0)
            return task

        if not seat.closed:
            self.sitting[topic].add(seat)
        return self.loop.run_until_complete(start())

    @rule(task=consumes(sittings))
    def cancel(self, task):
        task.cancel()

    @rule(seat=seats, topic=topics)
    def leave(self, seat, topic):
        self.do(self.house.leave, topic, seat)
        self.sitting[topic].discard(seat)

    @rule(seat=consumes(seats), how=st.sampled_from(["close", "end"]))
    def close(self, seat, how):
        if how == "close":
            self.do(seat.close, 1000)
        else:  # what was shown in this turn is lost with the connection
            self.do(self.house.flush)
            self.do(seat.end)
        for sitting in self.sitting.values():
            sitting.discard(seat)

    @rule(seat=seats)
    def fall_behind(self, seat):
        self.do(seat.fall_behind)

    @rule(seat=seats)
    def drain(self, seat):
        self.do(seat.drain)

    @rule(shown=st.lists(topics, min_size=1, max_size=4))
    def show(self, shown):
        def showing():
            for topic in shown:
                self.count += 1
                self.house.show(topic, str(self.count))
                for seat in self.sitting[topic]:
                    if seat.live:
                        self.expected[seat].append(str(self.count).encode())

        self.do(showing)

    @rule(shown=st.lists(topics, max_size=3), seat=seats)
    def show_and_say(self, shown, seat):
        def speaking():
            self.show_now(shown)
            self.count += 1
            if not seat.closed:
                seat.send(str(self.count))
                self.expected[seat].append(str(self.count).encode())
            self.show_now(shown)

        self.do(speaking)

    def show_now(self, shown):
        for topic in shown:
            self.count += 1
            self.house.show(topic, str(self.count))
            for seat in self.sitting[topic]:
                if seat.live:
                    self.expected[seat].append(str(self.count).encode())

    @rule(topic=topics)
    def join(self, topic):
        self.do(self.house.join, topic)
        self.joined[topic] += 1

    @rule(topic=topics)
    def part(self, topic):
        if self.joined[topic]:
            self.joined[topic] -= 1
            self.do(self.house.part, topic)

    @rule(mood=st.sampled_from(["well", "fails before", "fails after"]))
    def change_mood(self, mood):
        self.layer.mood = mood

    @rule()
    def forget(self):
        """The layer loses its groups; a heartbeat follows sooner or later."""
        self.layer.groups.clear()
        self.do(self.house.relay._groups.doubt)

    @rule(turns=st.integers(1, 5))
    def turn(self, turns):
        async def turning():
            for _ in range(turns):
                await asyncio.sleep(0)

        self.loop.run_until_complete(turning())

    @invariant()
    def everybody_sits_where_they_should(self):
        self.do(self.house.flush)
        assert set(self.house.topics()) == {topic for topic, seats in self.sitting.items() if seats}
        for topic in TOPICS:
            assert set(self.house.seats(topic)) == self.sitting[topic]
        for seat in self.seen:
            assert seat.topics == {topic for topic, seats in self.sitting.items() if seat in seats}

    @invariant()
    def everybody_was_shown_what_they_should(self):
        for seat in self.seen:
            assert seat.payloads == self.expected[seat]

    def teardown(self):
        self.layer.mood = "well"
        self.loop.run_until_complete(self._until_settled())
        wanted = {group_of(topic) for topic in TOPICS if self.sitting[topic] or self.joined[topic]}
        assert {group for group, channels in self.layer.groups.items() if channels} == wanted
        self.loop.run_until_complete(self.house.close())
        assert not any(self.layer.groups.values())
        self.loop.run_until_complete(asyncio.sleep(0))
        assert not asyncio.all_tasks(self.loop)
        self.loop.close()
        configure(layer_retry=self.before.layer_retry, behind_limit=self.before.behind_limit)

    async def _until_settled(self):
        groups = self.house.relay._groups
        for topic in TOPICS:
            await asyncio.wait_for(self.house.relay.joined(topic), 5)
        async with asyncio.timeout(5):
            while groups._open or self.house.relay.down:
                await asyncio.sleep(0.001)
            await asyncio.sleep(0.002)


Sitting.TestCase.settings = settings(
    max_examples=150,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestSitting = Sitting.TestCase
