"""Who sat in a process that was killed is gone from the others' lists when its lease runs out: nobody cleans up."""

import asyncio

import pytest

from tests.faults.cluster import Cluster
from zashiki.testing import ChatClient

pytestmark = pytest.mark.timeout(120)

LEASE = 4  # seconds, see planted.py
SLACK = 4  # a heartbeat, a debounce, and a busy machine


class Company:
    """Who is here, as one client is told."""

    def __init__(self):
        self.keys = set()

    def heard(self, said):
        news = said if said["type"] == "presence" else said.get("presence", {})
        if "people" in news:
            self.keys = {person["id"] for person in news["people"]}
        self.keys |= {person["id"] for person in news.get("joins", ())}
        self.keys -= {person["id"] for person in news.get("leaves", ())}

    async def becomes(self, *keys, patience):
        async with asyncio.timeout(patience):
            while self.keys != set(keys):
                await asyncio.sleep(0.05)


async def test_a_killed_process_takes_those_with_it_who_sat_there_alone(
    folder, postgres_server, redis_server
):
    async with Cluster(
        folder, 2, planted="leases_are_short", postgres=postgres_server, redis=redis_server
    ) as cluster:
        cast = await cluster.ask("cast", ["aiko", "ben"], {"tea": []})
        keys, company = cast["keys"], Company()

        def client(number, name, **more):
            return ChatClient(cluster.socket_url(number), cookies=cast["cookies"][name], **more)

        async with client(1, "ben", on_event=company.heard) as ben, client(0, "aiko") as aiko:
            await ben.subscribe(cast["rooms"]["tea"])
            await aiko.subscribe(cast["rooms"]["tea"])
            await company.becomes(keys["aiko"], keys["ben"], patience=10)
            await asyncio.to_thread(cluster.servers[0].kill)
            await company.becomes(keys["ben"], patience=LEASE + SLACK)
