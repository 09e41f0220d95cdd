"""Several processes are one house."""

from contextlib import ExitStack
from threading import Thread

from tests.server.talking import subscription, talk
from tests.support.servers import ZashikiServer

ROOM = "café"
ENOUGH = 12  # connections, of which not all can have come to the same one of two workers


def test_people_on_two_workers_share_a_room(serve, redis_url):
    server = serve("--workers", "2", "--redis", redis_url)
    with ExitStack() as sockets:
        people = [sockets.enter_context(subscription(server, ROOM)) for _ in range(ENOUGH)]
        for number, speaker in enumerate(people):
            speaker.says(f"hello {number}")
            for listener in people:
                listener.hears(f"hello {number}")


def test_two_servers_on_one_postgresql_and_redis_share_a_room(serve, postgres_url, redis_url):
    shared = ("--database", postgres_url, "--redis", redis_url)
    east = serve(*shared, name="east", env={"ZASHIKI_SECRET_KEY": "one for both"})
    west = serve(*shared, name="west", env={"ZASHIKI_SECRET_KEY": "one for both"})
    with subscription(east, ROOM) as aiko, subscription(west, ROOM) as bela:
        talk(aiko, bela)
    assert "おはよう" in west.get("/chat/caf%C3%A9/")[2]


def test_servers_that_start_at_the_same_moment_migrate_once(folder, postgres_url, redis_url):
    servers = []
    for name in ("east", "west", "north"):
        (folder / name).mkdir()
        servers.append(ZashikiServer(folder / name, "--database", postgres_url, "--redis", redis_url))
    try:
        starting = [Thread(target=server.start) for server in servers]
        for thread in starting:
            thread.start()
        for thread in starting:
            thread.join()
        assert [server.health()[0] for server in servers] == [200, 200, 200]
        assert all("Traceback" not in server.output for server in servers)
    finally:
        for server in servers:
            server.stop()


def test_servers_that_start_at_the_same_moment_in_one_folder_collect_their_files_once(folder, redis_url):
    """As after an update of a house that runs several from one volume: the same folder, database and static files."""
    servers = [ZashikiServer(folder, "--redis", redis_url) for _ in range(3)]
    try:
        for server in servers:
            server.spawn()
        for server in servers:
            server.wait_until(server.answers)
            sheet = next(part for part in server.get("/chat/")[2].split('"') if part.endswith(".css"))
            assert server.get(sheet)[0] == 200
    finally:
        for server in servers:
            server.stop()
