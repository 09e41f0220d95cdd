"""/healthz tells the truth, in time."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests.support.servers import PostgresServer, RedisServer

SOON = 5  # seconds in which a fault is seen
MENDED = 15  # seconds in which its end is


@pytest.fixture
def redis(folder):
    server = RedisServer(folder).start()
    yield server
    server.stop()


@pytest.fixture
def postgres():
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        server = PostgresServer(Path(place)).start()
        yield server
        server.stop()


def test_all_is_well(serve):
    status, found = serve().health()
    assert (status, found["status"], found["database"], found["layer"]) == (200, "ok", "ok", "ok")


def test_it_needs_no_host_name(serve):
    status, headers, _ = serve().get("/healthz", Host="10.1.2.3")
    assert (status, headers["Content-Type"]) == (200, "application/json")


@pytest.mark.parametrize("fault, mend", [("kill", "start"), ("pause", "resume")])
def test_redis_goes_and_comes_back(serve, redis, fault, mend):
    server = serve("--redis", redis.url)
    getattr(redis, fault)()
    server.wait_until(lambda: _found(server) == (503, "ok", "down"), SOON)
    getattr(redis, mend)()
    server.wait_until(lambda: _found(server) == (200, "ok", "ok"), SOON)


@pytest.mark.parametrize("fault, mend", [("kill", "start"), ("pause", "resume")])
def test_postgresql_goes_and_comes_back(serve, postgres, fault, mend):
    server = serve("--database", postgres.new_database())
    getattr(postgres, fault)()
    server.wait_until(lambda: _found(server) == (503, "down", "ok"), SOON)
    begun = time.monotonic()
    server.health()
    assert time.monotonic() - begun < SOON, "whoever asks is answered although the database is silent"
    getattr(postgres, mend)()
    server.wait_until(lambda: _found(server) == (200, "ok", "ok"), MENDED)


def test_the_command_asks_for_people_and_containers(serve):
    server = serve()
    command = [sys.executable, "-m", "zashiki.server.cli", "health", "--port", str(server.port)]
    well = subprocess.run(command, capture_output=True, text=True)
    assert well.returncode == 0 and '"ok"' in well.stdout
    server.stop()
    gone = subprocess.run(command, capture_output=True, text=True)
    assert gone.returncode == 1 and "does not answer" in gone.stdout


def _found(server):
    status, found = server.health()
    return found and (status, found["database"], found["layer"])
