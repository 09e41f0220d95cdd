"""Somebody at a socket, in the tutorial's dialect."""

import json
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

PATIENCE = 10  # seconds


class Voice:
    def __init__(self, socket):
        self._socket = socket

    def says(self, text):
        self._socket.send(json.dumps({"message": text}))

    def hears(self, text):
        assert json.loads(self._socket.recv(timeout=PATIENCE))["message"] == text

    def is_shown_out(self):
        """The code with which the socket is closed."""
        with pytest.raises(ConnectionClosed) as closed:
            self._socket.recv(timeout=PATIENCE)
        return closed.value.rcvd.code if closed.value.rcvd else None


@contextmanager
def subscription(server, room, **options):
    """Somebody without cookies who sits in this room of the server."""
    with connect(
        server.socket_url(f"/ws/chat/{quote(room)}/"), proxy=None, open_timeout=PATIENCE, **options
    ) as socket:
        yield Voice(socket)


def talk(first, second):
    """Each hears what either says, in both directions."""
    first.says("good morning")
    first.hears("good morning")
    second.hears("good morning")
    second.says("おはよう")
    first.hears("おはよう")
    second.hears("おはよう")
