"""The example on each of its layers, all started at once and once for all tests."""

import pytest

from tests.support.servers import RedisServer
from tests.tutorial.project import Project

SERVERS = {"memory": ["hub"], "pubsub": ["hub", "uvicorn"], "core": ["hub", "daphne"]}


@pytest.fixture(scope="session")
def projects(tmp_path_factory):
    """The example by layer, and ``impatient``: the core layer as it comes. On a Redis that nobody breaks: the ordinary way does not get over it."""
    folder = tmp_path_factory.mktemp("tutorial")
    redis = RedisServer(folder).start()
    made = {layer: Project(layer, redis.url, folder / layer, servers) for layer, servers in SERVERS.items()}
    made["impatient"] = Project("core", redis.url, folder / "impatient", ["uvicorn"], settings="impatient")
    try:
        for project in made.values():
            project.spawn()
        for project in made.values():
            project.wait()
        yield made
    finally:
        for project in made.values():
            project.stop()
        redis.stop()
