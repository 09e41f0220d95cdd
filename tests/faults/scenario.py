"""A run: people talk, things break and heal, and in the end everybody says what they have seen."""

import asyncio
from contextlib import suppress
from pathlib import Path

from tests.faults.cluster import HEARTBEAT
from tests.faults.history import Record
from tests.faults.workload import Crowd
from zashiki.testing import ChatClient

CALM = 1.0  # seconds between two faults
PATIENCE = 30  # seconds in which everybody is connected again after the last one
BUSY = 4  # more seconds until everybody is complete, for a machine that has other things to do
FAULT_LIMIT = 90  # seconds for breaking, waiting and mending; on a busy machine servers start slowly


async def undergo(cluster, faults, seed=1, calm=CALM, fault_limit=FAULT_LIMIT, **crowd_options):
    """Let the faults happen one after the other.

    Args:
        faults: functions of `faults`; the same one may come again.
        fault_limit: seconds after which one that has not come to its end ends the run.

    Returns:
        the record, and the table.
    """
    record = Record()
    async with Crowd(cluster, record, seed, **crowd_options) as crowd:
        away = crowd.readers[-1]
        crowd.begin()
        await asyncio.sleep(calm)
        before = [_used(pid) for pid in cluster.worker_pids]
        left_off = await crowd.go(away)
        for fault in faults:
            record.faults.append(fault.__name__)
            async with asyncio.timeout(fault_limit):
                await fault(cluster, crowd)
            record.recoveries.append((fault.__name__, await crowd.probe(PATIENCE)))
            await asyncio.sleep(calm)
        for view in left_off:
            crowd.claim(away, view)
        async with asyncio.timeout(PATIENCE):
            await crowd.come(away, away, views=left_off)
        table = await _end(cluster, crowd, record)
        record.growth = [(str(pid), *_growth(_used(pid), before)) for pid in cluster.worker_pids]
    return record, table


async def undergo_a_restore(cluster, back_up, restore):
    """People talk, a backup is made, they talk on, the backup is restored, and they talk again.

    Args:
        back_up, restore: coroutine functions.

    Returns:
        the record, and the table; what was acknowledged after the backup is not in the record.
    """
    record = Record()
    async with Crowd(cluster, record) as crowd:
        await _talk(crowd, 2)
        await back_up()
        epoch, kept = await cluster.ask("epoch"), len(record.answers)
        await _talk(crowd, 4)
        del record.answers[kept:]
        await restore()
        crowd.begin()
        await _everybody_is_in_another_epoch(crowd, epoch)
        record.claims.clear()  # what they had seen of the other epoch
        for proxy in cluster.proxies:
            proxy.cut()
        await asyncio.sleep(2)
        return record, await _end(cluster, crowd, record)


async def _talk(crowd, seconds):
    crowd.begin()
    await asyncio.sleep(seconds)
    await crowd.fall_silent(PATIENCE)


async def _everybody_is_in_another_epoch(crowd, epoch):
    async with asyncio.timeout(PATIENCE):
        while any(view.epoch == epoch for client in crowd.clients.values() for view in client.views):
            await asyncio.sleep(0.1)


async def _end(cluster, crowd, record):
    """Everybody says what they have seen; returns the table."""
    await crowd.fall_silent(PATIENCE)
    await _everybody_is_back(crowd)
    await asyncio.sleep(HEARTBEAT + 1)
    table = await cluster.ask("table")
    await _everybody_is_complete(crowd, table)
    _last_words(crowd, record, table)
    for room in crowd.rooms.values():
        await _fetch_into(record, cluster, crowd, room)
    return table


async def _everybody_is_back(crowd):
    """Or not: `_last_words` tells who is behind."""
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            for client in crowd.clients.values():
                await client.connected()


async def _everybody_is_complete(crowd, table):
    """Or not: `_last_words` tells."""
    with suppress(TimeoutError):
        async with asyncio.timeout(BUSY):
            while any(_is_behind(view, table) for _, view in _views(crowd)):
                await asyncio.sleep(0.1)


def _last_words(crowd, record, table):
    for label, view in _views(crowd):
        if _is_behind(view, table):
            record.behind.append((label, view.room_id))
        crowd.claim(label, view)
        record.views[label, view.room_id] = (view.timeline, view.more_before)


def _views(crowd):
    """Of everybody who may still sit there."""
    for label, client in crowd.clients.items():
        yield from ((label, view) for view in client.views if view.lost_access is None)


def _is_behind(view, table):
    _, head = table["rooms"][str(view.room_id)]
    return head > 0 and view.since != head


async def _fetch_into(record, cluster, crowd, room):
    """All messages, by somebody who has never been here."""
    try:
        async with asyncio.timeout(PATIENCE):
            record.fetched[room] = await _fetch(cluster, crowd, room)
    except TimeoutError:
        record.behind.append(("somebody new", room))


async def _fetch(cluster, crowd, room):
    async with ChatClient(
        cluster.servers[0].socket_url("/ws/zashiki/"), cookies=crowd.cookies[crowd.readers[0]]
    ) as client:
        view = await client.subscribe(room)
        while view.since is None:
            await asyncio.sleep(0.01)
        messages = view.timeline
        while messages and messages[0]["position"] > 1:
            page = await client.request("history", room=room, before=messages[0]["position"], limit=200)
            messages = page["messages"] + messages
        return messages


def _used(pid):
    """MiB of memory that a process really has, and open descriptors."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * 4096 / 2**20, len(list(Path(f"/proc/{pid}/fd").iterdir()))


def _growth(now, before):
    """Against the largest of those that served in the beginning: which of them it took the place of, nobody knows."""
    return tuple(used - max(then) for used, then in zip(now, zip(*before, strict=True), strict=True))
