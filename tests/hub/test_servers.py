"""What every server with connections does, with our protocol class and without."""

import asyncio
import json

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

pytestmark = pytest.mark.asyncio


async def said_to(connection):
    return await asyncio.wait_for(connection.recv(), 5)


async def state_of(server):
    async with connect(server.socket_url("/state")) as observer:
        await observer.send("?")
        return json.loads(await said_to(observer))


async def eventually(condition):
    for _ in range(100):
        if await condition():
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{condition} did not come true")


async def test_everybody_in_the_room_gets_everything_in_one_order(any_server):
    room = any_server.socket_url("/order")
    async with connect(room) as aiko, connect(room) as ben:
        for number in range(50):
            await (aiko if number % 2 else ben).send(str(number))
        heard = [await said_to(aiko) for _ in range(50)]
        assert heard == [await said_to(ben) for _ in range(50)]
        assert sorted(heard, key=int) == [str(number) for number in range(50)]


async def test_bytes_are_broadcast_as_binary_messages(any_server):
    async with connect(any_server.socket_url("/bytes")) as aiko:
        await aiko.send(b"\x00\xff")
        assert await said_to(aiko) == b"\x00\xff"


@pytest.mark.parametrize("size", [3, 126, 129, 60_000])
async def test_text_of_any_length_in_any_script(any_server, size):
    async with connect(any_server.socket_url("/座敷")) as aiko:
        text = ("座" * size)[: size // 3]
        await aiko.send(text)
        assert await said_to(aiko) == text


async def test_nothing_is_heard_next_door(any_server):
    async with (
        connect(any_server.socket_url("/here")) as aiko,
        connect(any_server.socket_url("/there")) as ben,
    ):
        await aiko.send("for here")
        await ben.send("for there")
        assert await said_to(ben) == "for there"


async def test_one_may_sit_before_accepting(any_server):
    async with connect(any_server.socket_url("/early/door")) as aiko:
        assert await said_to(aiko) == "early"


async def test_what_is_said_to_one_comes_behind_what_all_were_shown_before(any_server):
    async with connect(any_server.socket_url("/farewell/bench")) as aiko:
        await aiko.send("go")
        assert [await said_to(aiko) for _ in range(4)] == ["first", "second", b"third", "fourth"]
        with pytest.raises(ConnectionClosed) as closed:
            await said_to(aiko)
        assert closed.value.rcvd.code == 4000


async def test_who_is_refused_gets_no_connection(any_server):
    with pytest.raises(InvalidStatus) as refused:
        await connect(any_server.socket_url("/refusing"))
    assert refused.value.response.status_code == 403


async def test_a_consumer_that_fails_closes_with_1011(any_server):
    async with connect(any_server.socket_url("/failing")) as aiko:
        await aiko.send("go")
        with pytest.raises(ConnectionClosed) as closed:
            await said_to(aiko)
        assert closed.value.rcvd.code == 1011


async def test_whoever_goes_has_left_everything(any_server):
    async def is_empty():
        return "left" not in (await state_of(any_server))["connections"]

    room = any_server.socket_url("/left")
    async with connect(room), connect(room):
        assert (await state_of(any_server))["connections"]["left"] == 2
    await eventually(is_empty)
    killed = await connect(room)
    killed.transport.abort()
    await eventually(is_empty)


async def test_disconnect_is_called_once_however_it_ends(any_server):
    before = (await state_of(any_server))["ended"]
    for last_word in ("close", "fail"):
        async with connect(any_server.socket_url("/ending")) as aiko:
            await aiko.send(last_word)
            await asyncio.wait_for(aiko.wait_closed(), 5)
    async with connect(any_server.socket_url("/ending")):
        pass
    killed = await connect(any_server.socket_url("/ending"))
    killed.transport.abort()

    async def all_ended():
        return len((await state_of(any_server))["ended"]) >= len(before) + 4

    await eventually(all_ended)
    ended = (await state_of(any_server))["ended"][len(before) :]
    assert ended[:2] == [4001, 1011]
    assert len(ended) == 4


async def test_no_task_is_left_behind(any_server):
    before = (await state_of(any_server))["tasks"]
    for _ in range(20):
        async with connect(any_server.socket_url("/tasks")) as aiko:
            await aiko.send("hello")
            await said_to(aiko)

    async def as_before():
        return (await state_of(any_server))["tasks"] <= before

    await eventually(as_before)
