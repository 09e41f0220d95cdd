"""The example on each of its layers, all started at once and once for all tests."""

import pytest

from tests.tutorial.project import DAPHNE, SEATED, UVICORN, Site

PROCESSES = {"memory": [SEATED], "pubsub": [SEATED, UVICORN], "core": [SEATED, DAPHNE]}


@pytest.fixture(scope="session")
def sites(redis_url, tmp_path_factory):
    """The example by layer, and ``impatient``: the core layer as it comes."""
    folder = tmp_path_factory.mktemp("tutorial")
    made = {}
    try:
        for layer, commands in PROCESSES.items():
            made[layer] = Site(layer, redis_url, folder, commands)
        made["impatient"] = Site("core", redis_url, folder, [UVICORN], settings="impatient")
        yield {name: site.wait() for name, site in made.items()}
    finally:
        for site in made.values():
            site.stop()
