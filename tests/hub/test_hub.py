"""One write for each connection and turn; exact subscription and leaving; who is told what, and when."""

import asyncio

import pytest

from tests.hub.recorder import Recorder
from zashiki.hub import Hub, configure, options


@pytest.fixture
async def hub():
    return Hub(None)


@pytest.fixture
def connection(hub):
    return seated(hub, "room")


def seated(hub, *topics):
    connection = Recorder()
    for topic in topics:
        hub.add(topic, connection)
    return connection


async def a_turn():
    await asyncio.sleep(0)
    await asyncio.sleep(0)


async def test_what_is_shown_in_one_turn_is_one_write(hub, connection):
    for number in range(5):
        hub.publish("room", str(number))
    assert connection.writes == []
    await a_turn()
    assert connection.writes == [[b"0", b"1", b"2", b"3", b"4"]]


async def test_one_write_for_a_seat_in_several_topics_in_the_order_of_showing(hub):
    both, one = seated(hub, "room", "user"), seated(hub, "room")
    hub.publish("room", "1")
    hub.publish("user", "2")
    hub.publish("room", "3")
    await a_turn()
    assert both.writes == [[b"1", b"2", b"3"]]
    assert one.writes == [[b"1", b"3"]]


async def test_seats_that_get_the_same_get_the_same_bytes(hub):
    batches = []

    class Keeping(Recorder):
        def write(self, batch):
            batches.append(batch)
            return True

    for _ in range(3):
        connection = Keeping()
        hub.add("room", connection)
        hub.add("user", connection)
    hub.publish("room", "1")
    hub.publish("user", "2")
    hub.flush()
    assert len(batches) == 3
    assert len({id(batch.plain) for batch in batches}) == 1


async def test_what_is_said_to_one_is_in_order_with_what_was_shown(hub, connection):
    other = seated(hub, "room")
    hub.publish("room", "1")
    connection.send("2")
    hub.publish("room", "3")
    connection.send(b"4", binary=True)
    await a_turn()
    assert connection.writes == [[b"1", b"2", b"3", b"4"]]
    assert other.writes == [[b"1", b"3"]]


async def test_what_is_said_when_nothing_was_shown_goes_at_once(hub, connection):
    connection.send("now")
    assert connection.writes == [[b"now"]]
    elsewhere = seated(hub, "elsewhere")
    hub.publish("room", "1")
    elsewhere.send("now")
    assert elsewhere.writes == [[b"now"]]


async def test_who_sits_down_gets_nothing_from_before(hub, connection):
    hub.publish("room", "before")
    late = seated(hub, "room")
    hub.publish("room", "after")
    await a_turn()
    assert late.payloads == [b"after"]
    assert connection.payloads == [b"before", b"after"]


async def test_who_leaves_gets_everything_until_then(hub, connection):
    hub.publish("room", "before")
    hub.unsubscribe("room", connection)
    hub.publish("room", "after")
    await a_turn()
    assert connection.payloads == [b"before"]
    assert hub.topics() == set()


async def test_who_is_closed_gets_everything_until_then(hub, connection):
    hub.publish("room", "before")
    connection.close(1000, "bye")
    hub.publish("room", "after")
    await a_turn()
    assert connection.payloads == [b"before"]
    assert connection.closes == [(1000, "bye")]
    assert connection.topics == set()


async def test_a_closed_seat_is_not_seated_and_says_nothing(hub):
    connection = Recorder()
    connection.close(1000)
    await hub.subscribe("room", connection)
    connection.send("nothing")
    connection.close(1001)
    assert list(hub.connections("room")) == []
    assert connection.payloads == []
    assert connection.closes == [(1000, "")]


async def test_leaving_twice_or_where_one_does_not_sit_is_no_fault(hub, connection):
    hub.unsubscribe("room", connection)
    hub.unsubscribe("room", connection)
    hub.unsubscribe("elsewhere", connection)
    hub.unsubscribe_all(connection)


async def test_a_seat_that_is_behind_is_told_before_anything_newer_is_shown(hub, connection):
    told = []
    connection.on_behind = lambda connection: told.append(list(connection.payloads))
    connection.on_drained = lambda connection: told.append("drained")
    hub.publish("room", "1")
    connection.mark_behind()
    hub.publish("room", "2")
    await a_turn()
    assert told == [[b"1"]]
    assert connection.payloads == [b"1"]
    connection.send("an answer")
    connection.mark_drained()
    hub.publish("room", "3")
    await a_turn()
    assert told == [[b"1"], "drained"]
    assert connection.payloads == [b"1", b"an answer", b"3"]


async def test_whoever_is_told_amid_a_flush_may_do_anything(hub):
    class Full(Recorder):
        def write(self, batch):
            super().write(batch)
            self.mark_behind()
            return True

    def leave_and_speak(full):
        hub.unsubscribe("room", full)
        hub.publish("room", "somebody is slow")
        other.send("private")

    full = Full()
    hub.add("room", full)
    other = seated(hub, "room")
    full.on_behind = leave_and_speak
    hub.publish("room", "1")
    await a_turn()
    await a_turn()
    assert full.payloads == [b"1"]
    assert other.payloads == [b"1", b"somebody is slow", b"private"]


async def test_who_stays_behind_is_closed_and_who_drains_is_not():
    before = options().slow_client_timeout
    configure(slow_client_timeout=0.05)
    try:
        slow, quick = Recorder(), Recorder()
        for connection in (slow, quick):
            connection.mark_behind()
        quick.mark_drained()
        await asyncio.sleep(0.1)
        assert slow.closes == [(1013, "slow consumer")]
        assert quick.closes == []
    finally:
        configure(slow_client_timeout=before)


async def test_on_closed_is_told_once_when_everything_has_been_left(hub, connection):
    told = []
    connection.on_closed = lambda connection: told.append(set(connection.topics))
    connection.close(1000)
    connection.mark_closed()
    assert told == [set()]


async def test_a_turn_of_many_bytes_is_written_before_its_end(hub, connection):
    for _ in range(5):
        hub.publish("room", b"x" * 100_000)
    assert len(connection.payloads) == 3


async def test_to_an_empty_room_nothing_is_shown(hub):
    hub.publish("nobody", "1")
    hub.flush()


async def test_many_turns_keep_nothing(hub, connection):
    for number in range(3):
        hub.publish("room", str(number))
        await a_turn()
    assert connection.writes == [[b"0"], [b"1"], [b"2"]]


def test_marks_must_ascend():
    with pytest.raises(ValueError, match="ascend"):
        configure(send_buffer_low=2**20)
    with pytest.raises(TypeError):
        configure(no_such_limit=1)
