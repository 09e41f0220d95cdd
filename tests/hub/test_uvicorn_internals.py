"""What our protocol class relies on in uvicorn and websockets, which promise none of it.

When this fails after an upgrade: read what changed in the file, run ``bin/compliance``, and add the digest.
"""

import hashlib
import inspect
from pathlib import Path

import pytest
import uvicorn
from uvicorn.config import Config
from uvicorn.protocols.websockets import websockets_sansio_impl
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.server import ServerProtocol

from zashiki.hub.uvicorn import HubProtocol

KNOWN = {
    "0.52.1": "10e76b093dab67ce5449141e7d1176ec962bb221fd43770e226b0ff3776f2d91",
    "0.53.0": "8b32a97a1608788bba525c8b1e0d3eb0a93cd09d0f4f41b9b83cebd527336c49",
    "0.54.0": "8b32a97a1608788bba525c8b1e0d3eb0a93cd09d0f4f41b9b83cebd527336c49",
}
OVERRIDDEN = {
    "connection_made": ["transport"],
    "connection_lost": ["exc"],
    "data_received": ["data"],
    "pause_writing": [],
    "resume_writing": [],
    "shutdown": [],
    "handle_connect": ["event"],
    "handle_cont": ["event"],
    "handle_ping": [],
    "handle_close": ["event"],
    "handle_parser_exception": [],
    "keepalive_timeout": [],
    "on_task_complete": ["task"],
    "send": ["message"],
    "receive": [],
}
ATTRIBUTES = [
    "conn",
    "transport",
    "queue",
    "writable",
    "frames",
    "read_paused",
    "close_sent",
    "close_timer",
    "close_timeout",
    "handshake_complete",
    "disconnected",
    "pong_timer",
    "ping_timeout",
    "loop",
    "logger",
    "config",
]


@pytest.fixture
async def protocol():
    config = Config("tests.asgi:application", log_config=None)
    config.load()
    return WebSocketsSansIOProtocol(config, ServerState(), {})


def test_the_source_is_one_that_was_read():
    source = Path(websockets_sansio_impl.__file__).read_bytes()
    assert KNOWN.get(uvicorn.__version__) == hashlib.sha256(source).hexdigest(), (
        f"uvicorn {uvicorn.__version__} has another {Path(websockets_sansio_impl.__file__).name} than was read: see above"
    )


@pytest.mark.parametrize("name", OVERRIDDEN)
def test_what_is_overridden_is_there_with_the_same_arguments(name):
    parameters = list(inspect.signature(getattr(WebSocketsSansIOProtocol, name)).parameters)
    assert parameters == ["self", *OVERRIDDEN[name]]
    assert name in vars(HubProtocol)


def test_everything_that_we_override_is_watched():
    ours = {name for name in vars(HubProtocol) if hasattr(WebSocketsSansIOProtocol, name)}
    assert {name for name in ours if not name.startswith("__")} == set(OVERRIDDEN)


@pytest.mark.parametrize("name", ATTRIBUTES)
async def test_what_is_used_is_there(protocol, name):
    assert hasattr(protocol, name)


def test_websockets_parses_as_we_know_it():
    assert list(inspect.signature(ServerProtocol.recv_frame).parameters) == ["self", "frame"]
    assert hasattr(ServerProtocol(), "current_size")
