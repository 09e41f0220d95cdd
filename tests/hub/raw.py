"""A WebSocket client that does what no library lets one do: it writes bytes."""

import os
import socket
import struct
from contextlib import contextmanager

TEXT, BINARY, CLOSE, PING, PONG, CONTINUATION = 1, 2, 8, 9, 10, 0


def frame(opcode, payload=b"", final=True, rsv1=False):
    """A masked frame; the mask is zero, which leaves the payload as it is."""
    head = bytes([(0x80 if final else 0) | (0x40 if rsv1 else 0) | opcode])
    if len(payload) < 126:
        size = bytes([0x80 | len(payload)])
    elif len(payload) < 65536:
        size = struct.pack("!BH", 0x80 | 126, len(payload))
    else:
        size = struct.pack("!BQ", 0x80 | 127, len(payload))
    return head + size + b"\x00\x00\x00\x00" + payload


class RawClient:
    def __init__(self, server, path, buffer=None, headers=""):
        self.socket = socket.socket()
        if buffer is not None:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        self.socket.settimeout(10)
        self.socket.connect(("127.0.0.1", server.port))
        self.socket.sendall(
            f"GET {path} HTTP/1.1\r\nHost: {server.host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n{headers}\r\n".encode()
        )
        self._read = b""
        self.response = self._up_to(b"\r\n\r\n")

    def write(self, data):
        self.socket.sendall(data)

    def read_frame(self):
        """First byte and payload of the next frame; ``None`` when the connection has ended."""
        try:
            first, size = self._exactly(2)
            if size == 126:
                (size,) = struct.unpack("!H", self._exactly(2))
            elif size == 127:
                (size,) = struct.unpack("!Q", self._exactly(8))
            return first, self._exactly(size)
        except ConnectionError:
            return None

    def read_message(self):
        first, payload = self.read_frame()
        assert first == 0x80 | TEXT
        return payload

    def read_close(self, skipping=True):
        """Code and reason of the close frame, other frames left aside; ``None`` if the connection ends without."""
        while (found := self.read_frame()) is not None:
            if found[0] == 0x80 | CLOSE:
                return struct.unpack("!H", found[1][:2])[0], found[1][2:].decode()
            assert skipping
        return None

    def has_ended(self):
        """Whether the server ends the connection before the timeout."""
        while self.read_frame() is not None:
            pass
        return True

    def _exactly(self, size):
        while len(self._read) < size:
            self._receive()
        data, self._read = self._read[:size], self._read[size:]
        return data

    def _up_to(self, end):
        while end not in self._read:
            self._receive()
        data, _, self._read = self._read.partition(end)
        return data

    def _receive(self):
        data = self.socket.recv(65536)
        if not data:
            raise ConnectionResetError
        self._read += data


@contextmanager
def raw_client(server, path, **how):
    client = RawClient(server, path, **how)
    try:
        yield client
    finally:
        client.socket.close()


def resident(pid):
    """Bytes of memory that a process has."""
    with open(f"/proc/{pid}/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
