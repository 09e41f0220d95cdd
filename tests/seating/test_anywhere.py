"""`broadcast` and `ring` from wherever code runs."""

import asyncio
import os
import threading

import pytest

from tests.seating.recorder import Recorder
from zashiki import seating


@pytest.fixture
async def seat():
    recorder = Recorder()
    seating.current().place("anywhere", recorder)
    yield recorder
    seating.current().leave_all(recorder)


async def heard(seat, count):
    for _ in range(100):
        if len(seat.payloads) >= count:
            break
        await asyncio.sleep(0.02)
    return seat.payloads


async def test_from_a_task_without_waiting(seat):
    seating.broadcast("anywhere", {"text": "座敷"})
    assert await heard(seat, 1) == ['{"text":"座敷"}'.encode()]


async def test_from_another_thread(seat):
    thread = threading.Thread(target=seating.broadcast, args=["anywhere", "from a thread"])
    thread.start()
    assert await heard(seat, 1) == [b"from a thread"]
    thread.join()


async def test_from_an_event_loop_of_a_thread(seat):
    async def speak():
        seating.broadcast("anywhere", "from another loop")

    await asyncio.to_thread(asyncio.run, speak())
    assert await heard(seat, 1) == [b"from another loop"]


async def test_in_the_order_of_speaking(seat):
    for number in range(10):
        seating.broadcast("anywhere", str(number))
    assert await heard(seat, 10) == [str(number).encode() for number in range(10)]


async def test_a_ring_is_not_for_the_process_that_rings(seat):
    rings = []
    seating.current().listen("anywhere", lambda topic, message: rings.append(message))
    seating.ring("anywhere", {})
    await asyncio.to_thread(seating.ring, "anywhere", {})
    await asyncio.sleep(0.05)
    assert rings == []


def test_from_a_process_without_a_loop():
    seating.broadcast("anywhere", "nobody sits here")
    seating.ring("anywhere", {})


def test_from_a_fork_of_such_a_process():
    seating.broadcast("anywhere", "nobody sits here")
    child = os.fork()
    if child == 0:
        seating.broadcast("anywhere", "nobody sits here")
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
