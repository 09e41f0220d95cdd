"""A third kind of connection, beside the two that are connected to somebody: it keeps what it gets."""

from zashiki.hub.connection import Connection


class Recorder(Connection):
    def __init__(self):
        super().__init__()
        self.live = True
        self.writes = []  # payloads, one list for each write
        self.closes = []

    @property
    def payloads(self):
        return [payload for write in self.writes for payload in write]

    def write(self, batch):
        if not self.live:
            return False
        self.writes.append([frame.payload for frame in batch.frames])
        return True

    def send_now(self, frame):
        self.writes.append([frame.payload])

    def begin_close(self, code, reason):
        self.closes.append((code, reason))
        self.mark_closed()
