"""A run that is given up ends within seconds, whatever is broken at that moment, and leaves nothing behind."""

import asyncio
import signal
import time

import pytest

from tests.faults.cluster import Cluster
from tests.faults.scenario import undergo
from tests.faults.site_worker_client import Hand

pytestmark = pytest.mark.timeout(120)


async def break_everything(cluster, crowd):
    """All that others may wait for is silent; the test has nothing to hold on to."""
    for proxy in cluster.proxies:
        proxy.swallow()
    for server in (cluster.redis, cluster.postgres, *cluster.servers):
        server.pause()
    await cluster.ask("table")


async def test_everything_ends_when_everything_hangs(folder):
    with pytest.raises(TimeoutError):
        async with Cluster(folder, workers=2) as cluster:
            await undergo(cluster, [break_everything], fault_limit=2)
    with pytest.raises(AssertionError):
        await cluster.start(cluster.redis)
    assert not any(server.is_running for server in (cluster.redis, cluster.postgres, *cluster.servers))


async def test_a_hand_that_does_not_answer_is_ended():
    hand = Hand({}, answer_limit=1)
    hand._process.send_signal(signal.SIGSTOP)
    began = time.monotonic()
    for _ in range(2):
        with pytest.raises(RuntimeError, match="table: no answer"):
            await asyncio.to_thread(hand.ask, "table")
    assert time.monotonic() - began < 10
    hand.end()
