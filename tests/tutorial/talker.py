"""Somebody who speaks the tutorial's dialect, over a real socket."""

import json
from contextlib import ExitStack, contextmanager

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

PATIENCE = 10  # seconds that something may take which should take a millisecond
SILENCE = 0.3  # seconds in which something would have come that must not come


class Talker:
    def __init__(self, socket):
        self._socket = socket

    def says(self, text):
        self._socket.send(json.dumps({"message": text}))

    def hears(self, *texts):
        """These messages, in this order, and each of them within a moment."""
        assert tuple(json.loads(self._socket.recv(timeout=PATIENCE))["message"] for _ in texts) == texts

    def hears_nothing(self):
        try:
            heard = self._socket.recv(timeout=SILENCE)
        except TimeoutError:
            return
        raise AssertionError(f"heard {heard}")

    def is_cut_off(self):
        """Waits for the end of the connection, for which the server is to blame.

        Returns:
            the code of the close frame, or ``1006`` when there was none.
        """
        try:
            heard = self._socket.recv(timeout=PATIENCE)
        except ConnectionClosed as end:
            return end.rcvd.code if end.rcvd else 1006
        raise AssertionError(f"heard {heard}")

    def leaves(self):
        self._socket.close()


@contextmanager
def talkers(*hosts, path):
    """One talker at each of these hosts, all at the same path, until the block ends."""
    with ExitStack() as sockets:
        yield [Talker(sockets.enter_context(_open(host, path))) for host in hosts]


def _open(host, path):
    # Django refuses pages of other sites, and the ordinary consumers refuse whoever does not say where they come from.
    origin = f"http://{host}"
    return connect(
        f"ws://{host}{path}", origin=origin, open_timeout=PATIENCE, close_timeout=PATIENCE, proxy=None
    )
