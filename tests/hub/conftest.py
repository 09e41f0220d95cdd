"""Servers with connections: our protocol class on uvicorn, and the two fall-backs."""

import json

import pytest

from tests.support.servers import AsgiServer

SERVERS = {
    "uvicorn": {},
    "uvicorn-without-our-protocol": {"ws": "websockets-sansio"},
    "daphne": {"server": "daphne"},
}


def start(folder, env=None, options=None, extra=(), **how):
    """
    Args:
        options: of the connections.
        extra: words for the server's command line.
    """
    environment = {"SEATING": json.dumps(options or {}), "DJANGO_SETTINGS_MODULE": None, **(env or {})}
    server = AsgiServer("tests.hub.app:application", folder, env=environment, **how)
    server.command += extra
    return server.start()


@pytest.fixture(scope="module", params=SERVERS)
def any_server(request, tmp_path_factory):
    """Each server that connections can be had on, one after the other, with default options."""
    server = start(tmp_path_factory.mktemp("hub"), **SERVERS[request.param])
    yield server
    server.stop()


@pytest.fixture(scope="module")
def seated_server(tmp_path_factory):
    """Uvicorn with our protocol class and default options."""
    server = start(tmp_path_factory.mktemp("hub"))
    yield server
    server.stop()


@pytest.fixture
def start_server(folder):
    """``start_server(options={...}, env={...})``: a server of one's own."""
    started = []

    def starting(**how):
        started.append(start(folder, **how))
        return started[-1]

    yield starting
    for server in started:
        server.stop()
