"""One write for each seat and turn; exact sitting and leaving; who is told what, and when."""

import asyncio

import pytest

from tests.seating.recorder import Recorder
from zashiki.seating import Seating, configure, options


@pytest.fixture
async def house():
    return Seating(None)


@pytest.fixture
def seat(house):
    return seated(house, "room")


def seated(house, *topics):
    seat = Recorder()
    for topic in topics:
        house.place(topic, seat)
    return seat


async def a_turn():
    await asyncio.sleep(0)
    await asyncio.sleep(0)


async def test_what_is_shown_in_one_turn_is_one_write(house, seat):
    for number in range(5):
        house.show("room", str(number))
    assert seat.writes == []
    await a_turn()
    assert seat.writes == [[b"0", b"1", b"2", b"3", b"4"]]


async def test_one_write_for_a_seat_in_several_topics_in_the_order_of_showing(house):
    both, one = seated(house, "room", "user"), seated(house, "room")
    house.show("room", "1")
    house.show("user", "2")
    house.show("room", "3")
    await a_turn()
    assert both.writes == [[b"1", b"2", b"3"]]
    assert one.writes == [[b"1", b"3"]]


async def test_seats_that_get_the_same_get_the_same_bytes(house):
    batches = []

    class Keeping(Recorder):
        def write(self, batch):
            batches.append(batch)
            return True

    for _ in range(3):
        seat = Keeping()
        house.place("room", seat)
        house.place("user", seat)
    house.show("room", "1")
    house.show("user", "2")
    house.flush()
    assert len(batches) == 3
    assert len({id(batch.plain) for batch in batches}) == 1


async def test_what_is_said_to_one_is_in_order_with_what_was_shown(house, seat):
    other = seated(house, "room")
    house.show("room", "1")
    seat.send("2")
    house.show("room", "3")
    seat.send(b"4", binary=True)
    await a_turn()
    assert seat.writes == [[b"1", b"2", b"3", b"4"]]
    assert other.writes == [[b"1", b"3"]]


async def test_what_is_said_when_nothing_was_shown_goes_at_once(house, seat):
    seat.send("now")
    assert seat.writes == [[b"now"]]
    elsewhere = seated(house, "elsewhere")
    house.show("room", "1")
    elsewhere.send("now")
    assert elsewhere.writes == [[b"now"]]


async def test_who_sits_down_gets_nothing_from_before(house, seat):
    house.show("room", "before")
    late = seated(house, "room")
    house.show("room", "after")
    await a_turn()
    assert late.payloads == [b"after"]
    assert seat.payloads == [b"before", b"after"]


async def test_who_leaves_gets_everything_until_then(house, seat):
    house.show("room", "before")
    house.leave("room", seat)
    house.show("room", "after")
    await a_turn()
    assert seat.payloads == [b"before"]
    assert house.topics() == set()


async def test_who_is_closed_gets_everything_until_then(house, seat):
    house.show("room", "before")
    seat.close(1000, "bye")
    house.show("room", "after")
    await a_turn()
    assert seat.payloads == [b"before"]
    assert seat.closes == [(1000, "bye")]
    assert seat.topics == set()


async def test_a_closed_seat_is_not_seated_and_says_nothing(house):
    seat = Recorder()
    seat.close(1000)
    await house.sit("room", seat)
    seat.send("nothing")
    seat.close(1001)
    assert list(house.seats("room")) == []
    assert seat.payloads == []
    assert seat.closes == [(1000, "")]


async def test_leaving_twice_or_where_one_does_not_sit_is_no_fault(house, seat):
    house.leave("room", seat)
    house.leave("room", seat)
    house.leave("elsewhere", seat)
    house.leave_all(seat)


async def test_a_seat_that_is_behind_is_told_before_anything_newer_is_shown(house, seat):
    told = []
    seat.on_behind = lambda seat: told.append(list(seat.payloads))
    seat.on_drained = lambda seat: told.append("drained")
    house.show("room", "1")
    seat.fall_behind()
    house.show("room", "2")
    await a_turn()
    assert told == [[b"1"]]
    assert seat.payloads == [b"1"]
    seat.send("an answer")
    seat.drain()
    house.show("room", "3")
    await a_turn()
    assert told == [[b"1"], "drained"]
    assert seat.payloads == [b"1", b"an answer", b"3"]


async def test_whoever_is_told_amid_a_flush_may_do_anything(house):
    class Full(Recorder):
        def write(self, batch):
            super().write(batch)
            self.fall_behind()
            return True

    def leave_and_speak(full):
        house.leave("room", full)
        house.show("room", "somebody is slow")
        other.send("private")

    full = Full()
    house.place("room", full)
    other = seated(house, "room")
    full.on_behind = leave_and_speak
    house.show("room", "1")
    await a_turn()
    await a_turn()
    assert full.payloads == [b"1"]
    assert other.payloads == [b"1", b"somebody is slow", b"private"]


async def test_who_stays_behind_is_closed_and_who_drains_is_not():
    before = options().behind_limit
    configure(behind_limit=0.05)
    try:
        slow, quick = Recorder(), Recorder()
        for seat in (slow, quick):
            seat.fall_behind()
        quick.drain()
        await asyncio.sleep(0.1)
        assert slow.closes == [(1013, "too slow")]
        assert quick.closes == []
    finally:
        configure(behind_limit=before)


async def test_on_closed_is_told_once_when_everything_has_been_left(house, seat):
    told = []
    seat.on_closed = lambda seat: told.append(set(seat.topics))
    seat.close(1000)
    seat.end()
    assert told == [set()]


async def test_a_turn_of_many_bytes_is_written_before_its_end(house, seat):
    for _ in range(5):
        house.show("room", b"x" * 100_000)
    assert len(seat.payloads) == 3


async def test_to_an_empty_room_nothing_is_shown(house):
    house.show("nobody", "1")
    house.flush()


async def test_many_turns_keep_nothing(house, seat):
    for number in range(3):
        house.show("room", str(number))
        await a_turn()
    assert seat.writes == [[b"0"], [b"1"], [b"2"]]


def test_marks_must_ascend():
    with pytest.raises(ValueError, match="ascend"):
        configure(low_mark=2**20)
    with pytest.raises(TypeError):
        configure(no_such_limit=1)
