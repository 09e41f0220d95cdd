"""Several processes of one house on one event loop, whose rings go where the test wants them."""

import json

from tests.recording import RecordingSeat
from tests.threads import in_thread
from zashiki import process, seating
from zashiki.consumers.v1 import V1Conversation
from zashiki.seating.seating import Seating
from zashiki.testing import View


def separate_process(monkeypatch, in_thread=in_thread):
    """A `Process` with a seating of its own. To be called on a running loop; closed by whoever asked for it.

    Args:
        in_thread: how it asks the database.
    """
    with monkeypatch.context() as changed:
        own = Seating(None)
        changed.setattr(seating, "current", lambda: own)
        made = process.Process()
    made.in_thread = in_thread
    for part in (made.feeds, made.sittings, made.bells):
        part._in_thread = in_thread
    made._heart.cancel()
    return made


class Client:
    """Somebody with a socket to one of the processes, which can break, and a view of one room, which stays.

    Attributes:
        view: what they have seen.
        errors: codes of what was refused.
    """

    def __init__(self, room_id, person):
        self.view = View(room_id)
        self.person = person
        self.errors = []
        self.seat = self.talk = None

    @property
    def is_connected(self):
        return self.seat is not None and not self.seat.closed

    async def connect(self, house):
        await house.ready()
        self.seat = RecordingSeat()
        self.talk = V1Conversation(house, self.person, None, self.seat, self.seat.close)
        await self.talk.begin(None)

    async def say(self, type, **fields):
        await self.talk.hear(json.dumps({"type": type, "ref": 1, **fields}))

    async def sit(self):
        await self.say("sit", room=self.view.room_id, since=self.view.since, epoch=self.view.epoch)

    def read(self, count=None):
        """Take in what has arrived, all or so many frames."""
        for payload in self.seat.read(count):
            self._take(json.loads(payload))

    def cut(self):
        """The connection is gone, and with it what was not read."""
        self.seat.end()
        self.talk.end()
        self.seat = self.talk = None

    def _take(self, said):
        if said["type"] == "error":
            self.errors.append(said["code"])
        elif "limited" in said:
            self.view.seated(said)
        elif said["type"] in {"message", "room", "left", "can"}:
            self.view.apply(said)
