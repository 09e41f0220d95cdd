"""From process to process over real Redis, on both of its layers; without it; and what happens when it goes away."""

import asyncio
import json
import subprocess
import sys

import pytest
from channels_redis.core import RedisChannelLayer
from channels_redis.pubsub import RedisPubSubChannelLayer
from websockets.sync.client import connect

from tests.hub.conftest import start
from tests.support.servers import RedisServer
from zashiki.hub import Hub, options
from zashiki.hub.options import configure

LAYERS = {"pubsub": RedisPubSubChannelLayer, "core": RedisChannelLayer}
FROM_A_PROCESS_WITHOUT_A_LOOP = """
import tests.hub.app
from zashiki import hub
for number in range(3):
    hub.broadcast("letters", {"number": number})
hub.broadcast("letters", b"bytes", binary=True)
"""


@pytest.fixture(params=LAYERS)
def new_layer(request, redis_url):
    return lambda: LAYERS[request.param](
        hosts=[{"address": redis_url, "socket_timeout": None}], prefix="relay"
    )


@pytest.fixture
def quick_retries():
    before = options()
    configure(layer_retry=0.1, layer_timeout=1)
    yield
    configure(layer_retry=before.layer_retry, layer_timeout=before.layer_timeout)


@pytest.fixture
async def two_processes(new_layer):
    here, there = Hub(new_layer()), Hub(new_layer())
    yield here, there
    await here.close()
    await there.close()


class Ear:
    """Hears rings."""

    def __init__(self, hub):
        self.rings = asyncio.Queue()
        hub.on_notification("room.", lambda topic, message: self.rings.put_nowait((topic, message)))

    async def next(self):
        return await asyncio.wait_for(self.rings.get(), 5)


async def test_rings_reach_the_other_process_in_order_and_not_the_own(two_processes):
    here, there = two_processes
    own, other = Ear(here), Ear(there)
    for hub in two_processes:
        hub.watch("room.1")
        await hub.relay.wait_joined("room.1")
    assert (
        await asyncio.gather(*[here.notify("room.1", {"number": number}) for number in range(20)])
        == [True] * 20
    )
    assert [await other.next() for _ in range(20)] == [("room.1", {"number": number}) for number in range(20)]
    assert own.rings.empty()


async def test_listeners_hear_their_prefix_alone(two_processes):
    here, there = two_processes
    ear = Ear(there)
    for topic in ("room.1", "rooms", "house"):
        there.watch(topic)
        await there.relay.wait_joined(topic)
    for topic in ("house", "rooms", "room.1"):
        await here.notify(topic, {})
    assert await ear.next() == ("room.1", {})


async def test_who_parted_as_often_as_joined_hears_nothing(two_processes):
    here, there = two_processes
    ear = Ear(there)
    for topic in ("room.1", "room.1", "room.2"):
        there.watch(topic)
    there.unwatch("room.1")
    await there.relay.wait_joined("room.1")
    await here.notify("room.1", {})
    assert await ear.next() == ("room.1", {})
    there.unwatch("room.1")
    there.watch("room.1")
    there.unwatch("room.1")
    await there.renew()
    await asyncio.sleep(0.2)
    await here.notify("room.1", {})
    await here.notify("room.2", {})
    assert await ear.next() == ("room.2", {})


@pytest.mark.parametrize("topic", ["room.座敷", "room.\n", "room." + "x" * 200, "room. !?"])
async def test_a_topic_is_any_text(two_processes, topic):
    here, there = two_processes
    ear = Ear(there)
    there.watch(topic)
    await there.relay.wait_joined(topic)
    await here.notify(topic, {"deep": [1, {"bytes": b"\x00"}]})
    assert await ear.next() == (topic, {"deep": [1, {"bytes": b"\x00"}]})


async def test_half_a_megabyte_travels_in_messages_that_layers_take(two_processes):
    here, there = two_processes
    ear = Ear(there)
    there.watch("room.1")
    await there.relay.wait_joined("room.1")
    sent = await asyncio.gather(*[here.notify("room.1", {"text": "x" * 100_000}) for _ in range(6)])
    assert all(sent)
    for _ in range(6):
        await ear.next()


async def test_a_listener_that_fails_harms_no_other(two_processes, caplog):
    here, there = two_processes

    def fail(topic, message):
        raise RuntimeError("as the test wants it")

    there.on_notification("room.2", fail)
    ear = Ear(there)
    for topic in ("room.1", "room.2"):
        there.watch(topic)
        await there.relay.wait_joined(topic)
    await here.notify("room.2", {})
    await here.notify("room.1", {})
    assert await ear.next() == ("room.1", {})
    assert "could not be taken in" in caplog.text


async def test_groups_that_redis_forgot_are_joined_again(two_processes, redis_server):
    here, there = two_processes
    ear = Ear(there)
    there.watch("room.1")
    await there.relay.wait_joined("room.1")
    redis_server.flush()
    await there.renew()
    await here.notify("room.1", {})
    assert await ear.next() == ("room.1", {})


@pytest.mark.parametrize("kind", LAYERS)
async def test_while_redis_is_away_broadcasts_are_local_and_it_is_logged_once(
    folder, kind, quick_retries, caplog
):
    redis = RedisServer(folder).start()
    hosts = [{"address": redis.url, "socket_timeout": None}]
    here, there = Hub(LAYERS[kind](hosts=hosts)), Hub(LAYERS[kind](hosts=hosts))
    ear = Ear(there)
    there.watch("room.1")
    await there.relay.wait_joined("room.1")
    assert await here.notify("room.1", {"before": True})
    assert await ear.next() == ("room.1", {"before": True})

    redis.kill()
    assert [await here.broadcast("room.1", "meanwhile") for _ in range(5)] == [False] * 5
    assert here.relay.is_down
    there.watch("room.2")
    await asyncio.wait_for(there.relay.wait_joined("room.2"), 5)

    redis.start()
    for _ in range(100):
        await here.notify("room.2", {"after": True})
        if not ear.rings.empty():
            break
        await asyncio.sleep(0.1)
    while (heard := await ear.next())[0] != "room.1":
        assert heard == ("room.2", {"after": True})
        await here.notify("room.1", {"after": True})
    await here.close()
    await there.close()
    redis.stop()
    downs = [each for each in caplog.records if each.name == "zashiki.hub" and "is down" in each.message]
    assert len(downs) == 2  # one for each of the two


async def test_a_process_without_a_layer_has_reached_everybody():
    alone = Hub(None)
    assert await alone.broadcast("room.1", "text")
    assert await alone.notify("room.1", {})
    await alone.renew()
    await alone.close()


@pytest.fixture(scope="module")
def two_servers(tmp_path_factory, redis_url):
    folder = tmp_path_factory.mktemp("relay")
    servers = [start(folder, env={"REDIS_URL": redis_url}) for _ in range(2)]
    yield servers
    for server in servers:
        server.stop()


def test_rooms_span_processes(two_servers):
    here, there = two_servers
    with connect(here.socket_url("/span")) as aiko, connect(there.socket_url("/span")) as ben:
        sit(aiko, ben)
        aiko.send("text 座敷")
        aiko.send(b"\xff")
        for person in (aiko, ben):
            assert [hears(person), hears(person)] == ["text 座敷", b"\xff"]


def sit(*connections):
    """Who has just connected may not sit yet; who hears itself does."""
    for connection in connections:
        connection.send("ready?")
        assert connection.recv(timeout=5) == "ready?"


def hears(connection):
    while (heard := connection.recv(timeout=5)) == "ready?":
        pass
    return heard


def test_a_process_without_a_loop_broadcasts_and_may_end_at_once(two_servers, redis_url):
    with connect(two_servers[0].socket_url("/letters")) as aiko:
        environment = {"REDIS_URL": redis_url, "PATH": "", "PYTHONPATH": "src:."}
        subprocess.run(
            [sys.executable, "-c", FROM_A_PROCESS_WITHOUT_A_LOOP], env=environment, check=True, timeout=30
        )
        assert [aiko.recv(timeout=5) for _ in range(4)] == [
            '{"number":0}',
            '{"number":1}',
            '{"number":2}',
            b"bytes",
        ]


def test_the_speaker_is_told_when_the_layer_is_down(folder):
    redis = RedisServer(folder).start()
    server = start(folder, env={"REDIS_URL": redis.url}, options={"layer_retry": 0.1})
    try:
        with connect(server.socket_url("/told/here")) as aiko:
            aiko.send("one")
            assert [aiko.recv(timeout=5), json.loads(aiko.recv(timeout=5))] == ["one", {"everybody": True}]
            redis.kill()
            aiko.send("two")
            assert [aiko.recv(timeout=5), json.loads(aiko.recv(timeout=10))] == ["two", {"everybody": False}]
        with connect(server.socket_url("/told/here")) as late:
            late.send("three")
            assert late.recv(timeout=5) == "three"
        assert server.output.count("channel layer is down") == 1
    finally:
        server.stop()
        redis.stop()
