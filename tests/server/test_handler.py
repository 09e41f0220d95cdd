"""Pages are made in threads that stay, and a slow client holds none of them."""

import socket
from contextlib import ExitStack

from zashiki.server.handler import THREADS


def test_more_slow_clients_than_threads_keep_nobody_waiting(serve):
    server = serve()
    with ExitStack() as stack:
        for _ in range(THREADS + 2):
            slow = stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            slow.sendall(b"POST /chat/visitor/name/ HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nname=")
        assert server.get("/chat/")[0] == 200
