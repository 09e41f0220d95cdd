"""One person in one room of Zashiki, at leisure: what prepares a benchmark."""

from __future__ import annotations

import json
import secrets
from typing import Any

from websockets.sync.client import connect

from .process import Server


class Guest:
    """A connection that sits in a room.

    Attributes:
        version, epoch: the room's, as this guest last heard.
    """

    def __init__(self, server: Server, room: str) -> None:
        self._socket = connect(
            f"ws://127.0.0.1:{server.port}/ws/chat/{room}/",
            subprotocols=["zashiki.v1"],  # type: ignore[list-item]
            origin=f"http://127.0.0.1:{server.port}",  # type: ignore[arg-type]
        )
        said = self._ask({"type": "subscribe"})
        self.room, self.version = said["room"]["id"], said["room"]["version"]
        self.epoch = said["epoch"]

    def __enter__(self) -> Guest:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def post(self, body: str) -> None:
        """Posts and waits until it is stored."""
        said = self._ask({"type": "post", "room": self.room, "body": body, "nonce": secrets.token_hex(8)})
        self.version = said["message"]["version"]

    def _ask(self, command: dict[str, Any]) -> dict[str, Any]:
        self._socket.send(json.dumps({**command, "ref": 1}))
        while (said := json.loads(self._socket.recv(timeout=10)))["type"] not in ("ok", "error"):
            pass
        if said["type"] == "error":
            raise RuntimeError(str(said))
        return dict(said)
