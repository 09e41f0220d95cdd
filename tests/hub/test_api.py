"""`broadcast` and `ring` from wherever code runs."""

import asyncio
import os
import threading

import pytest

from tests.hub.recorder import Recorder
from zashiki import hub


@pytest.fixture
async def connection():
    recorder = Recorder()
    hub.get_hub().add("anywhere", recorder)
    yield recorder
    hub.get_hub().unsubscribe_all(recorder)


async def heard(connection, count):
    for _ in range(100):
        if len(connection.payloads) >= count:
            break
        await asyncio.sleep(0.02)
    return connection.payloads


async def test_from_a_task_without_waiting(connection):
    hub.broadcast("anywhere", {"text": "座敷"})
    assert await heard(connection, 1) == ['{"text":"座敷"}'.encode()]


async def test_from_another_thread(connection):
    thread = threading.Thread(target=hub.broadcast, args=["anywhere", "from a thread"])
    thread.start()
    assert await heard(connection, 1) == [b"from a thread"]
    thread.join()


async def test_from_an_event_loop_of_a_thread(connection):
    async def speak():
        hub.broadcast("anywhere", "from another loop")

    await asyncio.to_thread(asyncio.run, speak())
    assert await heard(connection, 1) == [b"from another loop"]


async def test_in_the_order_of_speaking(connection):
    for number in range(10):
        hub.broadcast("anywhere", str(number))
    assert await heard(connection, 10) == [str(number).encode() for number in range(10)]


async def test_a_ring_is_not_for_the_process_that_rings(connection):
    rings = []
    hub.get_hub().on_notification("anywhere", lambda topic, message: rings.append(message))
    hub.notify("anywhere", {})
    await asyncio.to_thread(hub.notify, "anywhere", {})
    await asyncio.sleep(0.05)
    assert rings == []


def test_from_a_process_without_a_loop():
    hub.broadcast("anywhere", "nobody sits here")
    hub.notify("anywhere", {})


def test_from_a_fork_of_such_a_process():
    hub.broadcast("anywhere", "nobody sits here")
    child = os.fork()
    if child == 0:
        hub.broadcast("anywhere", "nobody sits here")
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
