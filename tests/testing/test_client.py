"""The shipped client: sits, posts, comes back, and misses nothing."""

import asyncio

import pytest

from tests.support.servers import ZashikiServer
from zashiki.testing import ChatClient, CommandError


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = ZashikiServer(
        tmp_path_factory.mktemp("client"),
        env={
            "ZASHIKI_POSTS_PER_MINUTE": "0",
            "ZASHIKI_GUEST_RATE": "0",
            "ZASHIKI_ROOM_RATE": "0",
            "ZASHIKI_GUEST_CONNECTIONS": "0",
        },
    ).start()
    yield server
    server.stop()


@pytest.fixture
def client(server):
    return lambda **more: ChatClient(server.socket_url("/ws/zashiki/"), **more)


async def until(condition):
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.01)


def bodies(view):
    return [message["body"] for message in view.timeline]


async def test_it_talks(client):
    async with client() as aiko, client() as ben:
        mine, his = await aiko.subscribe("talk"), await ben.subscribe("talk")
        message = await aiko.post(mine, "tea is ready")
        await until(lambda: his.messages)
        assert his.timeline == mine.timeline == [message]
        assert his.since == mine.since == 1


async def test_it_comes_back_and_gets_what_it_missed(client):
    async with client() as aiko, client() as ben:
        mine, his = await aiko.subscribe("cut"), await ben.subscribe("cut")
        await aiko.post(mine, "one")
        await until(lambda: his.messages)
        ben.drop_connection()
        for body in ("two", "three"):
            await aiko.post(mine, body)
        await until(lambda: len(his.messages) == 3)
        assert bodies(his) == ["one", "two", "three"] and ben.connections == 2


async def test_who_missed_too_much_gets_the_newest_page(client):
    async with client() as ben:
        his = await ben.subscribe("page")
    async with client() as aiko, client() as ben:
        mine = await aiko.subscribe("page")
        await asyncio.gather(*(aiko.post(mine, f"{n}") for n in range(560)))
        await ben.subscribe(his)
        await until(lambda: his.since == mine.since)
        assert his.more_before and [message["position"] for message in his.timeline] == list(range(511, 561))


async def test_a_refusal_is_raised(client):
    async with client() as aiko:
        view = await aiko.subscribe("refused")
        with pytest.raises(CommandError) as caught:
            await aiko.post(view, "  ")
        assert caught.value.code == "empty"
        with pytest.raises(CommandError) as caught:
            await aiko.subscribe(10**9)
        assert caught.value.code == "not_found"


async def test_a_reader_that_stops_reading_catches_up(client):
    async with client() as aiko, client() as ben:
        mine, his = await aiko.subscribe("slow"), await ben.subscribe("slow")
        ben.stop_reading()
        await asyncio.gather(*(aiko.post(mine, "x" * 9000) for _ in range(400)))
        ben.read_again()
        await until(lambda: his.since == mine.since)
        assert [m["position"] for m in his.timeline] == list(range(his.timeline[0]["position"], 401))


async def test_who_is_cut_off_without_noticing_waits_and_posts(client):
    async with client() as aiko, client() as ben:
        mine, his = await aiko.subscribe("unnoticed"), await ben.subscribe("unnoticed")
        aiko.stop_reading()
        await ben.post(his, "one")
        await until(lambda: mine.messages)  # the last that she reads
        aiko._socket.transport.abort()
        await asyncio.sleep(0.1)
        posting = asyncio.create_task(aiko.post(mine, "two"))
        await asyncio.sleep(0.1)
        aiko.read_again()
        assert (await posting)["position"] == 2 and aiko.connections == 2


async def test_a_visitor_remains_the_same_one(client):
    async with client() as aiko:
        mine = await aiko.subscribe("visitor")
        first = await aiko.post(mine, "one", nonce="first")
        aiko.drop_connection()
        again = await aiko.post(mine, "one", nonce="first")
        assert aiko.connections == 2 and again == first


async def test_who_says_much_before_reading_anything_is_answered_everything(client):
    async with client() as aiko, client() as ben:
        mine, his = await aiko.subscribe("much"), await ben.subscribe("much")
        aiko.stop_reading()
        posting = [asyncio.create_task(aiko.post(mine, f"{n} " + "x" * 9000)) for n in range(900)]
        stored = -1
        while stored != len(his.messages):  # until the server does not listen any further
            stored = len(his.messages)
            await asyncio.sleep(1)
        assert 64 <= stored < 900
        aiko.read_again()
        positions = [message["position"] for message in await asyncio.gather(*posting)]
        assert sorted(positions) == list(range(1, 901)) and aiko.connections == 1


async def test_who_is_cancelled_at_the_moment_of_the_answer_is_cancelled(client):
    async with client() as aiko:
        mine = await aiko.subscribe("cancelled")
        aiko.stop_reading()
        posting = asyncio.create_task(aiko.post(mine, "one"))
        await until(lambda: aiko._answers)
        aiko.drop_connection()
        posting.cancel()
        await asyncio.wait([posting], timeout=5)
        assert posting.cancelled()
