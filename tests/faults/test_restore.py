"""A backup is restored under people who stay connected: everybody gets what it holds, and nothing of what it does not."""

import asyncio

import pytest

from tests.faults.checker import violations
from tests.faults.house import House
from tests.faults.ordeal import undergo_a_restore

pytestmark = pytest.mark.timeout(120)


async def test_in_place_and_nobody_is_told(folder):
    copy = str(folder / "copy.sqlite3")
    async with House(folder, workers=1) as house:
        record, table = await undergo_a_restore(
            house, lambda: house.ask("back_up", copy), lambda: house.ask("restore", copy)
        )
        assert violations(record, table) == []


async def test_as_the_page_about_deployment_says(folder, postgres_server, redis_server):
    dump = folder / "zashiki.dump"

    async def back_up():
        await asyncio.to_thread(postgres_server.back_up, house.database, dump)

    async def restore():
        for server in house.servers:
            await asyncio.to_thread(server.terminate)
        await asyncio.to_thread(postgres_server.restore, house.database, dump)
        await house.ask("manage", "new_epoch")
        for server in house.servers:
            await house.start(server)

    async with House(folder, workers=2, postgres=postgres_server, redis=redis_server) as house:
        record, table = await undergo_a_restore(house, back_up, restore)
        assert violations(record, table) == []
