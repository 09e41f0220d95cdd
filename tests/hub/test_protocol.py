"""Hostile and dying clients of our protocol class, by the byte."""

import struct
import time
import zlib

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.hub.raw import BINARY, CLOSE, CONTINUATION, PING, TEXT, frame, raw_client, resident


@pytest.fixture
def client(seated_server):
    with raw_client(seated_server, "/echo") as client:
        yield client


def test_a_message_in_fragments_with_a_ping_in_between(client):
    client.write(frame(TEXT, b"zash", final=False) + frame(PING, b"?") + frame(CONTINUATION, b"iki"))
    assert client.read_frame() == (0x8A, b"?")
    assert client.read_message() == b"zashiki"


def test_a_close_amid_a_fragmented_message_is_answered(client):
    client.write(frame(TEXT, b"zash", final=False) + frame(CLOSE, struct.pack("!H", 1000)))
    assert client.read_close() == (1000, "")


def test_what_is_said_before_a_close_is_heard(seated_server):
    with (
        connect(seated_server.socket_url("/farewell")) as ben,
        raw_client(seated_server, "/farewell") as client,
    ):
        client.write(frame(TEXT, b"one") + frame(TEXT, b"two") + frame(CLOSE, struct.pack("!H", 1001)))
        assert [ben.recv(5), ben.recv(5)] == ["one", "two"]


def test_a_message_of_64_kib_is_taken_and_one_byte_more_is_not(client):
    client.write(frame(TEXT, b"x" * 65536))
    assert client.read_message() == b"x" * 65536
    client.write(frame(TEXT, b"x" * 65537))
    assert client.read_close()[0] == 1009


def test_fragments_count_together(client):
    client.write(frame(TEXT, b"x" * 40_000, final=False) + frame(CONTINUATION, b"x" * 40_000))
    assert client.read_close()[0] == 1009


def test_a_header_of_a_tebibyte_is_refused_at_once(client):
    client.write(b"\x81\xff" + struct.pack("!Q", 2**40) + b"\x00" * 4)
    assert client.read_close()[0] == 1009


def test_endless_empty_fragments_are_refused(client):
    client.write(frame(TEXT, b"", final=False))
    for _ in range(20):
        client.write(frame(CONTINUATION, b"", final=False) * 100)
    assert client.read_close() == (1009, "too many fragments")


def test_text_that_is_not_utf8_closes_with_1007(client):
    client.write(frame(TEXT, b"\xce\xba\xe1", final=False) + frame(CONTINUATION, b"\xff"))
    assert client.read_close()[0] == 1007


def test_an_unmasked_frame_closes_with_1002(client):
    client.write(b"\x81\x01x")
    assert client.read_close()[0] == 1002


def test_a_compressed_frame_that_was_not_negotiated_closes_with_1002(client):
    client.write(frame(TEXT, b"x", rsv1=True))
    assert client.read_close()[0] == 1002


def test_what_is_no_handshake_is_answered_with_400(seated_server):
    with raw_client(seated_server, "/echo", headers="Sec-WebSocket-Key: twice\r\n") as client:
        assert b"400" in client.response.splitlines()[0]


def test_pings_that_nobody_reads_the_answers_of_fill_no_buffer(start_server):
    server = start_server(options={"send_buffer_high": 65536, "send_buffer_low": 16384})
    with raw_client(server, "/echo", buffer=4096) as client:
        client.write(frame(PING, b"x" * 125) * 100)
        before = resident(server.pid)
        client.socket.settimeout(1)
        for _ in range(200):
            client.write(frame(PING, b"x" * 125) * 1000)
        assert resident(server.pid) - before < 8 * 2**20
    with raw_client(server, "/echo") as other:
        other.write(frame(TEXT, b"still there"))
        assert other.read_message() == b"still there"


def test_a_flood_of_small_messages_delays_nobody_for_long(seated_server):
    with raw_client(seated_server, "/echo") as flooding, raw_client(seated_server, "/echo") as quiet:
        flooding.write(frame(BINARY, b"") * 20_000)
        delays = []
        for _ in range(10):
            asked = time.monotonic()
            quiet.write(frame(TEXT, b"?"))
            quiet.read_message()
            delays.append(time.monotonic() - asked)
        assert max(delays) < 0.5


def test_beyond_its_burst_a_connection_is_read_at_its_rate(start_server):
    server = start_server(options={"message_rate": 50, "message_burst": 10})
    with raw_client(server, "/echo") as client:
        begun = time.monotonic()
        client.write(frame(TEXT, b"x") * 60)
        for _ in range(60):
            client.read_message()
        assert 0.9 < time.monotonic() - begun < 5


def test_a_person_may_have_so_many_connections(start_server):
    server = start_server(options={"max_connections_per_user": 2})
    with connect(server.socket_url("/person/aiko")) as first, connect(server.socket_url("/person/aiko")):
        with connect(server.socket_url("/person/aiko")) as third, pytest.raises(ConnectionClosed) as closed:
            third.recv(timeout=5)
        assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (1008, "too many connections")
        with connect(server.socket_url("/person/ben")) as other:
            assert other.recv(timeout=5) == "welcome"
        first.close()
        with connect(server.socket_url("/person/aiko")) as fourth:
            assert fourth.recv(timeout=5) == "welcome"


def test_an_address_may_have_so_many_connections(start_server):
    server = start_server(options={"max_connections_per_ip": 2})
    with raw_client(server, "/echo"), raw_client(server, "/echo") as second:
        with raw_client(server, "/echo") as third:
            assert b"403" in third.response.splitlines()[0]
        second.write(frame(CLOSE))
        assert second.has_ended()
        with raw_client(server, "/echo") as fourth:
            assert b"101" in fourth.response.splitlines()[0]


def test_a_stopping_server_closes_with_1012_over_a_while(start_server):
    server = start_server(options={"shutdown_jitter": 1.0})
    connections = [connect(server.socket_url("/stop")).__enter__() for _ in range(30)]
    begun = time.monotonic()
    server._running.terminate()
    ends = []
    for connection in connections:
        with pytest.raises(ConnectionClosed) as closed:
            connection.recv(timeout=10)
        assert closed.value.rcvd.code == 1012
        ends.append(time.monotonic() - begun)
    assert ends[-1] > 0.4
    assert server.wait() in (0, -15)
    assert time.monotonic() - begun < 6


def test_who_negotiates_deflate_gets_frames_that_are_compressed_once(start_server):
    server = start_server(options={"compression": True})
    offer = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
    with (
        raw_client(server, "/deflate", headers=offer) as one,
        raw_client(server, "/deflate", headers=offer) as other,
        raw_client(server, "/deflate") as plain,
    ):
        assert b"server_no_context_takeover" in one.response
        text = b"the same words again and again, " * 20
        one.write(frame(TEXT, text) + frame(TEXT, b"short"))
        assert plain.read_message() == text
        first, payload = one.read_frame()
        assert first == 0xC1
        assert len(payload) < len(text) / 4
        assert zlib.decompressobj(wbits=-15).decompress(payload + b"\x00\x00\xff\xff") == text
        assert other.read_frame() == (first, payload)
        assert one.read_frame() == other.read_frame() == (0x81, b"short")


def test_deflate_is_off_by_default(seated_server):
    offer = "Sec-WebSocket-Extensions: permessage-deflate\r\n"
    with raw_client(seated_server, "/echo", headers=offer) as client:
        assert b"permessage-deflate" not in client.response


def test_libraries_understand_compressed_broadcasts(start_server):
    server = start_server(options={"compression": True})
    with connect(server.socket_url("/deflate")) as aiko, connect(server.socket_url("/deflate")) as ben:
        for text in ("座敷" * 500, "short", "座敷" * 500):
            aiko.send(text)
            assert aiko.recv(timeout=5) == ben.recv(timeout=5) == text
