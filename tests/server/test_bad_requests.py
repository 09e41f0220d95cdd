"""What is wrong with a request is said to whoever sent it: a status from 400 to 499, and never a traceback in the log. Raw sockets, one server."""

import socket
from contextlib import closing

import pytest

from tests.support.servers import ZashikiServer

FORM = b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
PARTS = b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary="


def get(path, *headers, host=b"localhost"):
    return b"\r\n".join([b"GET %s HTTP/1.1" % path, b"Host: " + host, *headers, b"", b""])


def with_body(head, body):
    return head + b"Content-Length: %d\r\n\r\n" % len(body) + body


REQUESTS = {
    # hosts that are not the server's
    **{
        f"host {host}": get(b"/chat/tea/", host=host)
        for host in (b"evil.example", b"", b"a b", b"[::1", b"x:99999", b"\xff")
    },
    "host of the sign-in": get(b"/accounts/login/", host=b"evil.example"),
    "two hosts": get(b"/chat/", b"Host: evil.example"),
    "forwarded host": get(b"/chat/", b"X-Forwarded-Host: localhost", host=b"evil.example"),
    # not UTF-8
    "path of a room": get(b"/chat/%ff/"),
    "path of nothing": get(b"/%e3%81"),
    "path of a file": get(b"/static/%ff.js"),
    "path of a link": get(b"/accounts/password/reset/key/%ff/"),
    "query": get(b"/chat/?name=%ff"),
    "query of the sign-in": get(b"/accounts/login/?next=%ff"),
    "bytes in the path": get(b"/chat/\xff/"),
    "bytes in the query": get(b"/chat/?name=\xff"),
    "NUL": get(b"/chat/%00/"),
    "form": with_body(FORM.replace(b"/accounts/login/", b"/chat/visitor/name/"), b"name=%ff"),
    # forms that Django refuses
    "too many fields": with_body(FORM, b"&".join(b"a%d=" % n for n in range(1001))),
    "too many questions": get(b"/chat/?" + b"&".join(b"a%d=" % n for n in range(1001))),
    "no boundary": with_body(PARTS + b"\r\n", b"--x--"),
    "an odd boundary": with_body(PARTS + b"\xff\r\n", b"--x--"),
    "a length that is none": FORM + b"Content-Length: 9x\r\n\r\n",
    "an unknown encoding": with_body(FORM.replace(b"urlencoded", b"urlencoded; charset=klingon"), b"a=1"),
    # not HTTP
    "nonsense": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = ZashikiServer(tmp_path_factory.mktemp("bad")).start()
    yield server
    server.stop()


def status_of(server, request):
    with closing(socket.create_connection(("127.0.0.1", server.port), timeout=10)) as connection:
        connection.sendall(request)
        return int(connection.recv(65536).split(b" ", 2)[1])


@pytest.mark.parametrize("name", REQUESTS)
def test_it_is_refused_without_a_traceback(server, name):
    before = len(server.output)
    assert 400 <= status_of(server, REQUESTS[name]) < 500
    assert status_of(server, get(b"/chat/tea/")) == 200
    said = server.output[before:]
    assert "Traceback" not in said and "ERROR" not in said, said
