"""Requests have an end before Django sees them: in bytes, in time and in number. Raw sockets against a real server."""

import re
import socket
import time
from contextlib import closing, suppress

import pytest

from tests.server.browser import make_owner
from tests.support.servers import ZashikiServer

PATIENCE, CONNECTIONS = 2, 40
MEGABYTE = 1024 * 1024
FORM = "POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\n"
PROFILE = "POST /chat/me/profile/ HTTP/1.1\r\nHost: localhost\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    limits = {"ZASHIKI_HEADER_PATIENCE": PATIENCE, "ZASHIKI_HTTP_CONNECTIONS": CONNECTIONS}
    server = ZashikiServer(tmp_path_factory.mktemp("bounded"), env=limits).start()
    make_owner(server)
    yield server
    server.stop()
    assert "Traceback" not in server.output


@pytest.fixture(autouse=True)
def little_memory(server):
    """Whatever a test sends, the server keeps little of it."""
    before = memory(server)
    yield
    assert memory(server) - before < 24 * MEGABYTE


def memory(server):
    """Resident bytes."""
    return int(re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{server.pid}/status").read())[1]) * 1024


def connected(server):
    return closing(socket.create_connection(("127.0.0.1", server.port), timeout=15))


def status_of(connection):
    """The status of the answer, ``None`` when the connection ends without one."""
    answer = b""
    with suppress(ConnectionError):
        while b"\r\n" not in answer and (more := connection.recv(65536)):
            answer += more
    return int(answer.split()[1]) if answer else None


def send(connection, *parts):
    """As much as the server takes; a string goes as it is, a number as so many bytes."""
    with suppress(ConnectionError):
        for part in parts:
            if isinstance(part, str):
                connection.sendall(part.encode())
                continue
            for _ in range(0, part, 65536):
                connection.sendall(b"a" * 65536)


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ((f"{FORM}Content-Length: {200 * MEGABYTE}\r\n\r\n",), 413),
        ((f"{FORM}Content-Length: {200 * MEGABYTE}\r\nExpect: 100-continue\r\n\r\n",), 413),
        ((f"{FORM}Content-Length: {9 * MEGABYTE}\r\n\r\n", 9 * MEGABYTE), 413),
        ((f"{FORM}Transfer-Encoding: chunked\r\n\r\n2000000\r\n", 33 * MEGABYTE), 413),
        ((f"{PROFILE}Content-Length: {17 * MEGABYTE}\r\n\r\n", 17 * MEGABYTE), 413),
        ((f"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: {9 * MEGABYTE}\r\n\r\n",), 413),
        (("POST /nowhere HTTP/1.1\r\nHost: localhost\r\n" + f"Content-Length: {9 * MEGABYTE}\r\n\r\n",), 413),
        (("GET / HTTP/1.1\r\nHost: localhost\r\nX: ", 8 * MEGABYTE), 431),
        (("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "a" * 40_000 + "\r\n\r\n",), 431),
        (("GET / HTTP/1.1\r\nHost: localhost\r\n" + "X: a\r\n" * 200 + "\r\n",), 431),
        (("GET / HTTP/1.1\r\nHost: localhost\r\n" + "X: a\r\n" * 400_000,), 431),
        (("GET /" + "a" * 40_000 + " HTTP/1.1\r\nHost: localhost\r\n\r\n",), 431),
        (("GET /", 8 * MEGABYTE), 431),
        (("\r\n" * 2_000_000,), 431),
        (
            (
                "GET /ws/zashiki/ HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nX: ",
                65536,
                "\r\n\r\n",
            ),
            431,
        ),
        (("GET / HTTP/1.1\r\nHost: local",), 408),
        (("GET",), 408),
    ],
)
def test_what_is_too_large_or_too_slow_is_refused(server, parts, status):
    with connected(server) as connection:
        send(connection, *parts)
        assert status_of(connection) == status


@pytest.mark.parametrize(
    "parts",
    [
        (f"{FORM}Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: ", 8 * MEGABYTE),
        (f"{FORM}Transfer-Encoding: chunked\r\n\r\n1;x=", 8 * MEGABYTE),
        (f"{FORM}Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n" + "X: a\r\n" * 400_000,),
    ],
)
def test_what_surrounds_a_body_has_an_end_too(server, parts):
    with connected(server) as connection:
        send(connection, *parts)
        assert status_of(connection) in {None, 400, 403, 413, 431}


def test_a_connection_that_says_nothing_is_closed(server):
    with connected(server) as connection:
        assert status_of(connection) is None


def test_a_head_that_trickles_in_is_cut_off_on_a_connection_that_was_used_before(server):
    with connected(server) as connection:
        send(connection, "HEAD /static/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert status_of(connection) == 404
        begun, answer = time.monotonic(), b""
        with suppress(ConnectionError):
            for letter in "GET / HTTP/1.1\r\nX: " + "a" * 200:
                connection.sendall(letter.encode())
                connection.settimeout(0.1)
                with suppress(TimeoutError):
                    if (answer := connection.recv(65536)) or not answer:
                        break
        assert PATIENCE - 0.5 < time.monotonic() - begun < PATIENCE + 5
        assert b"408" in answer or not answer


def test_what_is_small_enough_is_taken(server):
    for body, path, status in ((900_000, "/accounts/login/", 403), (9 * MEGABYTE, "/chat/me/profile/", 403)):
        with connected(server) as connection:
            send(connection, f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {body}\r\n\r\n")
            with suppress(ConnectionError):
                connection.sendall(b"a" * body)
            assert status_of(connection) == status  # without the token of a form


def test_a_connection_goes_on_after_a_body_that_was_refused(server):
    with connected(server) as connection:
        send(connection, f"{FORM}Content-Length: {2 * MEGABYTE}\r\n\r\n", 2 * MEGABYTE)
        assert status_of(connection) == 413
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        rest = b""
        while b"HTTP/1.1 200" not in rest:
            more = connection.recv(65536)
            assert more
            rest += more


def test_many_who_send_half_a_request_keep_nobody_out(server):
    half = [socket.create_connection(("127.0.0.1", server.port), timeout=15) for _ in range(CONNECTIONS * 3)]
    try:
        for connection in half:
            send(connection, "GET / HTTP/1.1\r\nHost: l")
        assert server.get("/chat/")[0] == 200
        with closing(socket.create_connection(("127.0.0.1", server.port), timeout=15)) as connection:
            send(connection, f"{FORM}Content-Length: 100\r\n\r\nhalf")
            assert server.get("/chat/")[0] == 200
    finally:
        for connection in half:
            connection.close()


def test_many_large_bodies_at_once_take_little_memory(server):
    half = [socket.create_connection(("127.0.0.1", server.port), timeout=15) for _ in range(30)]
    try:
        for connection in half:
            send(connection, f"{FORM}Content-Length: {MEGABYTE}\r\n\r\n", MEGABYTE - 65536)
        assert server.get("/chat/")[0] == 200
        assert memory(server) > 0
    finally:
        for connection in half:
            connection.close()


def test_bodies_of_one_network_have_an_end_together(server):
    half = [socket.create_connection(("127.0.0.1", server.port), timeout=15) for _ in range(5)]
    try:
        for connection in half:
            send(connection, f"{PROFILE}Content-Length: {15 * MEGABYTE}\r\n\r\n", 10 * MEGABYTE)
        codes = []
        for connection in half:
            connection.settimeout(0.5)
            with suppress(TimeoutError):
                codes.append(status_of(connection))
        assert 503 in codes
    finally:
        for connection in half:
            connection.close()
