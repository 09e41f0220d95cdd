"""What every test may ask for: real servers, started once and only when somebody asks, and a browser."""

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.servers import PostgresServer, RedisServer, ZashikiServer

pytest_plugins = ["tests.support.test_timeout", "tests.support.xdist_schedule"]

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture
def folder():
    """An empty folder that other users of the machine can enter; pytest's own are closed to them."""
    with _folder() as path:
        yield Path(path)


@pytest.fixture(scope="session")
def redis_server():
    """A Redis for all tests. Who breaks it mends it; who needs one alone makes a `RedisServer`."""
    with _folder() as path:
        server = RedisServer(Path(path)).start()
        yield server
        server.stop()


@pytest.fixture(scope="session")
def redis_url(redis_server):
    return redis_server.url


@pytest.fixture(scope="session")
def postgres_server():
    """A PostgreSQL for all tests; `new_database` gives an empty database."""
    with _folder() as path:
        server = PostgresServer(Path(path)).start()
        yield server
        server.stop()


@pytest.fixture
def postgres_url(postgres_server):
    """The address of an empty database."""
    return postgres_server.new_database()


@pytest.fixture
def serve(folder):
    """``serve(*options, env=..., name=...)`` starts a chat server that is ended with the test; the same name shares the data."""
    started = []

    def start(*options, name="house", **more):
        data = folder / name
        data.mkdir(exist_ok=True)
        server = ZashikiServer(data, *options, **more)
        started.append(server)
        return server.start()

    yield start
    for server in started:
        server.stop()


@pytest.fixture(scope="session")
def chromium_path():
    """The system's Chromium."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    assert found, "Chromium is not installed; bin/test installs it on Debian"
    return found


@pytest.fixture(scope="module")
def chromium(chromium_path):
    """A running browser; take a context of your own from it. Not for the whole session: while Playwright is there, no other event loop can run."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@contextmanager
def _folder():
    with tempfile.TemporaryDirectory(prefix="zashiki-test-", ignore_cleanup_errors=True) as path:
        os.chmod(path, 0o755)  # PostgreSQL runs as another user
        yield path
