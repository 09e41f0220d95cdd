"""Every command of the wire over a real socket, each with fields that are right for it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import msgspec
from websockets.sync.client import connect

from zashiki import wire

FIRST, LAST = ("subscribe",), ("delete", "unsubscribe")
PLACES = ("before", "after", "around", "at")  # of a page of history, one at a time


class Talker:
    def __init__(self, url, cookies):
        self.socket = connect(
            url,
            additional_headers={"Cookie": cookies},
            subprotocols=["zashiki.v1"],
            open_timeout=20,
            proxy=None,
        )
        self.events = []
        self._ref = 0

    def ask(self, type, **fields):
        """The answer to a command."""
        self._ref += 1
        self.socket.send(json.dumps({"type": type, "ref": self._ref, **fields}))
        while True:
            said = json.loads(self.socket.recv(20))
            if said["type"] in {"ok", "error"}:
                return said
            self.events.append(said)

    def close_code(self):
        """With which code the server closes it."""
        try:
            while True:
                self.events.append(json.loads(self.socket.recv(10)))
        except Exception:
            return self.socket.protocol.close_code

    def close(self):
        self.socket.close()


def tag_of(command):
    return command.__struct_config__.tag


def commands():
    """All, in an order in which each can be used."""
    tags = {tag_of(command): command for command in wire.COMMANDS}
    middle = [tag for tag in tags if tag not in FIRST + LAST]
    return [(tag, tags[tag]) for tag in (*FIRST, *middle, *LAST)]


def try_all(talker, room_id):
    """What is wrong with the answers, as sentences."""
    wrong = []
    right = {
        "room": room_id,
        "body": "Is @ben there? **Tea** at `four`.",
        "emoji": "\N{THUMBS UP SIGN}",
        "position": 1,
        "nonce": "first",
        "query": "b",
    }
    talker.ask("subscribe", room=room_id)
    message = talker.ask("post", **{name: right[name] for name in ("room", "body")}, nonce="zero")["message"]
    right |= {"message": message["id"], "ids": [message["id"]]}
    moments = {"before": 5, "after": 0, "around": 1, "at": datetime.now(UTC).isoformat()}
    asked = [(tag, _fields(command, right)) for tag, command in commands()]
    asked += [("history", {"room": room_id, place: moments[place]}) for place in PLACES]
    asked.sort(key=lambda each: each[0] in LAST)  # stable
    for tag, fields in asked:
        answer = talker.ask(tag, **fields)
        if answer["type"] != "ok":
            wrong.append(f"{tag} {fields}: {answer}")
    return wrong


def _fields(command, right):
    known = {each.name: each for each in msgspec.structs.fields(command)}
    return {name: value for name, value in right.items() if name in known}
