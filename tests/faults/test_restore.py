"""A backup is restored under people who stay connected: everybody gets what it holds, and nothing of what it does not."""

import asyncio

import pytest

from tests.faults.checker import violations
from tests.faults.cluster import Cluster
from tests.faults.scenario import undergo_a_restore

pytestmark = pytest.mark.timeout(120)


async def test_in_place_and_nobody_is_told(folder):
    copy = str(folder / "copy.sqlite3")
    async with Cluster(folder, workers=1) as cluster:
        record, table = await undergo_a_restore(
            cluster, lambda: cluster.ask("back_up", copy), lambda: cluster.ask("restore", copy)
        )
        assert violations(record, table) == []


async def test_as_the_page_about_deployment_says(folder, postgres_server, redis_server):
    dump = folder / "zashiki.dump"

    async def back_up():
        await asyncio.to_thread(postgres_server.back_up, cluster.database, dump)

    async def restore():
        for server in cluster.servers:
            await asyncio.to_thread(server.terminate)
        await asyncio.to_thread(postgres_server.restore, cluster.database, dump)
        await cluster.ask("manage", "new_epoch")
        for server in cluster.servers:
            await cluster.start(server)

    async with Cluster(folder, workers=2, postgres=postgres_server, redis=redis_server) as cluster:
        record, table = await undergo_a_restore(cluster, back_up, restore)
        assert violations(record, table) == []
