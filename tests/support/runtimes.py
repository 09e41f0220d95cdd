"""Several processes of one house on one event loop, whose rings go where the test wants them."""

import asyncio
import json

from tests.support.database_threads import in_thread
from tests.support.recording_connection import RecordingConnection
from zashiki import hub
from zashiki.consumers.v1 import V1Session
from zashiki.hub.hub import Hub
from zashiki.realtime import runtime
from zashiki.testing import RoomState


def separate_process(monkeypatch, in_thread=in_thread):
    """A `Process` with a hub of its own. To be called on a running loop; closed by whoever asked for it.

    Args:
        in_thread: how it asks the database.
    """
    with monkeypatch.context() as changed:
        own = Hub(None)
        changed.setattr(hub, "current", lambda: own)
        made = runtime.Runtime()
    made.run_in_thread = in_thread
    for part in (made.streams, made.subscriptions, made.activity):
        part._run_in_thread = in_thread
    made._heartbeat_task.cancel()
    return made


class Client:
    """Somebody with a socket to one of the processes, which can break, and a view of one room, which stays.

    Attributes:
        view: what they have seen.
        errors: codes of what was refused.
    """

    def __init__(self, room_id, person):
        self.view = RoomState(room_id)
        self.person = person
        self.errors = []
        self.connection = self.talk = None

    @property
    def is_connected(self):
        return self.connection is not None and not self.connection.closed

    async def connect(self, house):
        await house.ready()
        self.connection = RecordingConnection()
        self.talk = V1Session(house, self.person, None, self.connection, self.connection.close)
        await self.talk.start(None)

    async def say(self, type, **fields):
        """Say something, and be heard: a client with too many answers before it is not listened to until it reads."""
        receiving = asyncio.ensure_future(self.talk.receive(json.dumps({"type": type, "ref": 1, **fields})))
        while not receiving.done():
            await asyncio.wait({receiving}, timeout=0.005)
            if self.talk._replies._is_full():
                self.connection.mark_drained()
        await receiving

    async def sit(self):
        await self.say("subscribe", room=self.view.room_id, since=self.view.since, epoch=self.view.epoch)

    def read(self, count=None):
        """Take in what has arrived, all or so many frames."""
        for payload in self.connection.read(count):
            self._take(json.loads(payload))

    def cut(self):
        """The connection is gone, and with it what was not read."""
        self.connection.mark_closed()
        self.talk.close()
        self.connection = self.talk = None

    def _take(self, said):
        if said["type"] == "error":
            self.errors.append(said["code"])
        elif "limited" in said:
            self.view.on_subscribed(said)
        elif said["type"] in {"message", "room", "unsubscribed", "permissions"}:
            self.view.apply(said)
