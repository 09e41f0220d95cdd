"""What goes wrong. Each breaks something, waits, and mends it; each takes the cluster and the crowd, and says in its docstring what happens."""

import asyncio
import os
import resource
import signal

from tests.faults.cluster import HEARTBEAT, _children
from tests.faults.history import Ending

LAYER_PATIENCE = (
    5.0  # seconds after which an operation of the layer counts as failed (hub's Options.layer_timeout)
)
SLACK = 1.0  # seconds for a machine that has other things to do


async def kill_a_worker(cluster, crowd):
    """kill -9 of one process that serves; its supervisor starts another."""
    os.kill(crowd.chance.choice(cluster.worker_pids), signal.SIGKILL)


async def restart_all(cluster, crowd):
    """kill -9 of everything that serves at once, then a start by the same command."""
    for server in cluster.servers:
        await asyncio.to_thread(server.kill)
    for server in cluster.servers:
        await cluster.start(server)


async def restart_politely(cluster, crowd):
    """SIGTERM, as for an update, and a new start."""
    for server in cluster.servers:
        await asyncio.to_thread(server.terminate)
    for server in cluster.servers:
        await cluster.start(server)


async def flush_redis(cluster, crowd):
    """Redis forgets every group."""
    await asyncio.to_thread(cluster.redis.flush)


async def restart_redis(cluster, crowd):
    """Redis is killed, is away for a second, and comes back empty."""
    await asyncio.to_thread(cluster.redis.kill)
    await asyncio.sleep(1)
    await cluster.start(cluster.redis)


async def stop_redis(cluster, crowd):
    """Redis is stopped for longer than the time-outs: connections stay, answers do not come."""
    cluster.redis.pause()
    await asyncio.sleep(LAYER_PATIENCE + 1.5)
    cluster.redis.resume()


async def cut_off_redis(cluster, crowd):
    """Redis lives, and closes every connection to it."""
    with cluster.redis.client() as client:
        for kind in ("pubsub", "normal"):
            client.client_kill_filter(_type=kind)


async def fill_redis(cluster, crowd):
    """For two seconds Redis has no memory left for anything."""
    with cluster.redis.client() as client:
        client.config_set("maxmemory", 1)
        await asyncio.sleep(2)
        client.config_set("maxmemory", 0)


async def make_redis_a_replica(cluster, crowd):
    """For two seconds Redis is the read-only copy of a server that is not there."""
    with cluster.redis.client() as client:
        client.replicaof("127.0.0.1", 1)
        await asyncio.sleep(2)
        client.replicaof("NO", "ONE")


async def restart_postgres(cluster, crowd):
    """PostgreSQL shuts down and starts again; every connection is lost."""
    await asyncio.to_thread(cluster.postgres.terminate)
    await asyncio.sleep(0.5)
    await cluster.start(cluster.postgres)


async def kill_postgres(cluster, crowd):
    """kill -9 of PostgreSQL with all its backends; it recovers from its log."""
    await asyncio.to_thread(cluster.postgres.kill)
    await cluster.start(cluster.postgres)


async def stop_postgres(cluster, crowd):
    """PostgreSQL is stopped for three seconds: connections stay, answers do not come."""
    pids = [cluster.postgres.pid, *_children(cluster.postgres.pid)]
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    await asyncio.sleep(3)
    for pid in pids:
        os.kill(pid, signal.SIGCONT)


async def close_the_database(cluster, crowd):
    """PostgreSQL ends every connection to the database and takes no new one for two seconds, as when it has none left."""
    await asyncio.to_thread(cluster.postgres.close, cluster.database)
    await asyncio.sleep(2)
    await asyncio.to_thread(cluster.postgres.open, cluster.database)


async def fill_the_disk(cluster, crowd):
    """For two seconds no file of the process can be written."""
    pid = cluster.servers[0].pid
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
    await asyncio.sleep(2)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


async def die_after_a_commit(cluster, crowd):
    """The process is killed between its next commit and the answers to it. Only for a cluster with `dies_after_a_commit` planted."""
    for server in cluster.servers:
        os.kill(server.pid, signal.SIGUSR1)
        await asyncio.to_thread(server.wait)
        await cluster.start(server)


async def hold_a_lock(cluster, crowd):
    """Somebody holds the row of a room (SQLite: the whole database) for two seconds."""
    await cluster.ask("lock", next(iter(crowd.rooms.values())), 2)


async def cut_everybody(cluster, crowd):
    """Every connection is cut in the middle, three times in a row."""
    for _ in range(3):
        for proxy in cluster.proxies:
            proxy.cut()
        await asyncio.sleep(0.3)


async def swallow_everything(cluster, crowd):
    """Nothing passes between clients and servers for longer than clients wait for an answer."""
    for proxy in cluster.proxies:
        proxy.swallow()
    await asyncio.sleep(5)
    for proxy in cluster.proxies:
        proxy.cut()
        proxy.mend()


async def swallow_answers(cluster, crowd):
    """What clients say arrives and is done; what the servers say does not."""
    for proxy in cluster.proxies:
        proxy.swallow(answers_only=True)
    await asyncio.sleep(5)
    for proxy in cluster.proxies:
        proxy.cut()
        proxy.mend()


async def narrow_everything(cluster, crowd):
    """Each connection gets 4 KiB per second, for four seconds and 140 KiB at least: many readers fall behind."""
    for proxy in cluster.proxies:
        proxy.rate = 4096
    await asyncio.gather(asyncio.sleep(4), _post_from_outside(cluster, crowd, 100, 500))
    for proxy in cluster.proxies:
        proxy.mend()


async def stop_reading(cluster, crowd):
    """Two readers take nothing from the network for a while, then go on."""
    clients = [crowd.clients[label] for label in crowd.readers[:2] if label in crowd.clients]
    for client in clients:
        client.stop_reading()
    await asyncio.sleep(4)
    for client in clients:
        client.read_again()


async def post_from_outside(cluster, crowd):
    """The site itself posts, from a process without an event loop."""
    await _post_from_outside(cluster, crowd, 20, 5)


async def _post_from_outside(cluster, crowd, times, size):
    for n in range(times):
        room = crowd.chance.choice(list(crowd.rooms.values()))
        nonce = f"site-{len(crowd.record.sent)}-{n}"
        crowd.record.sent[room, "site", nonce] = body = f"{nonce} {'z' * size}"
        await cluster.ask("post", room, body, nonce)


async def remove_members(cluster, crowd):
    """Two members are taken out of the private rooms while messages flow, and try to come back."""
    await _remove(cluster, crowd, 1 + SLACK)


async def remove_members_without_redis(cluster, crowd):
    """The same while Redis is stopped: the heartbeat has to find it."""
    cluster.redis.pause()
    await asyncio.sleep(0.2)
    await _remove(cluster, crowd, max(6.0, HEARTBEAT) + SLACK)
    await asyncio.sleep(LAYER_PATIENCE + 1)
    cluster.redis.resume()


async def _remove(cluster, crowd, grace):
    removed = [crowd.leavers.pop() for _ in range(min(2, len(crowd.leavers)))]
    for name in removed:
        for room in ("garden", "cellar"):
            at, version = await cluster.ask_another("remove", name, crowd.rooms[room])
            crowd.record.endings.append(Ending(name, crowd.rooms[room], at, version, grace))
        await crowd.come_back_uninvited(name)
    await asyncio.sleep(grace)
    for name in removed:
        await crowd.come_back_uninvited(name)
    await asyncio.sleep(1)


EVERYWHERE = (
    restart_all,
    restart_politely,
    hold_a_lock,
    cut_everybody,
    swallow_everything,
    swallow_answers,
    narrow_everything,
    stop_reading,
    post_from_outside,
    remove_members,
)
TOGETHER = (
    kill_a_worker,
    flush_redis,
    restart_redis,
    stop_redis,
    cut_off_redis,
    fill_redis,
    make_redis_a_replica,
    restart_postgres,
    kill_postgres,
    stop_postgres,
    close_the_database,
    remove_members_without_redis,
)
ALONE = (fill_the_disk,)
