"""A connection without a socket: it keeps what it is shown until somebody reads it."""

from zashiki.hub import Connection


class RecordingConnection(Connection):
    """Attributes:
    waiting: payloads that have not been read yet.
    closed_with: the code, once it is closed.
    """

    def __init__(self):
        super().__init__()
        self.live = True
        self.waiting = []
        self.closed_with = None

    def write(self, batch):
        if self.live:
            self.waiting += [frame.payload for frame in batch.frames]
        return self.live

    def send_now(self, frame):
        self.waiting.append(frame.payload)

    def begin_close(self, code, reason):
        self.closed_with = self.closed_with or code
        self.mark_closed()

    def read(self, count=None):
        """The oldest payloads, all or so many."""
        count = len(self.waiting) if count is None else count
        read, self.waiting = self.waiting[:count], self.waiting[count:]
        return read
