"""Readers who are slow, silent or gone: what they cost, and when they are given up."""

import json
import time

import pytest
from websockets.sync.client import connect

from tests.hub.raw import PONG, TEXT, frame, raw_client, resident

MARKS = {"send_buffer_high": 65536, "send_buffer_low": 16384}
TICKS = {"count": 400, "size": 50_000, "pause": 0.001}


def test_a_reader_who_stops_costs_bounded_memory_and_slows_nobody(start_server):
    server = start_server(options={**MARKS, "slow_client_timeout": 60})
    with (
        raw_client(server, "/ticker/slow", buffer=4096),
        connect(server.socket_url("/ticker/slow")) as lively,
    ):
        before = resident(server.pid)
        lively.send(json.dumps(TICKS))
        for number in range(TICKS["count"]):
            assert lively.recv(timeout=5).startswith(f"{number} ")
        assert resident(server.pid) - before < 8 * 2**20


def test_a_reader_who_stays_behind_is_disconnected(start_server):
    server = start_server(options={**MARKS, "slow_client_timeout": 1, "close_timeout": 1})
    with raw_client(server, "/ticker/slow", buffer=4096) as slow:
        slow.write(frame(TEXT, json.dumps(TICKS).encode()))
        with connect(server.socket_url("/state")) as observer:
            assert ends_within(10, lambda: "slow" not in connections(observer))


def test_a_reader_who_is_slow_but_reads_is_told_1013(start_server):
    server = start_server(options={**MARKS, "slow_client_timeout": 1, "close_timeout": 10})
    with raw_client(server, "/ticker/slow", buffer=4096) as slow:
        slow.write(frame(TEXT, json.dumps(TICKS).encode()))
        time.sleep(2)
        assert slow.read_close() == (1013, "slow consumer")


def test_who_has_drained_is_live_again(start_server):
    server = start_server(options={**MARKS, "slow_client_timeout": 60})
    with raw_client(server, "/ticker/slow", buffer=4096) as slow:
        slow.write(frame(TEXT, json.dumps(TICKS).encode()))
        time.sleep(1.5)
        read_all(slow)
        with connect(server.socket_url("/ticker/slow")) as other:
            other.send(json.dumps({"count": 1, "size": 100}))
            slow.socket.settimeout(5)
            assert slow.read_message().startswith(b"0 ")


def test_ephemeral_frames_are_dropped_above_the_low_mark(start_server):
    server = start_server(options={"send_buffer_high": 2**20, "send_buffer_low": 65536})
    with (
        raw_client(server, "/ticker/slow", buffer=4096) as slow,
        connect(server.socket_url("/ticker/slow")) as other,
    ):
        before = resident(server.pid)
        other.send(json.dumps({**TICKS, "ephemeral": True}))
        heard = [other.recv(timeout=5) for _ in range(TICKS["count"])]
        assert len(heard) == TICKS["count"]
        assert resident(server.pid) - before < 8 * 2**20
        assert 0 < read_all(slow) < TICKS["count"]


def test_who_asks_and_does_not_read_the_answers_is_disconnected(start_server):
    server = start_server(options={**MARKS, "hard_limit": 2**20, "message_rate": 0})
    with raw_client(server, "/echo", buffer=4096) as greedy:
        before = resident(server.pid)
        with pytest.raises(OSError):
            for _ in range(2000):
                greedy.write(frame(TEXT, b"x" * 50_000))
        assert resident(server.pid) - before < 16 * 2**20


def test_who_says_nothing_at_all_is_closed_with_1011(folder, start_server):
    server = start_server(extra=["--ws-ping-interval", "0.3", "--ws-ping-timeout", "0.3"])
    with raw_client(server, "/echo") as silent:
        begun = time.monotonic()
        assert silent.read_close() == (1011, "keepalive ping timeout")
        assert 0.5 < time.monotonic() - begun < 3


def test_who_talks_or_answers_pings_is_kept(start_server):
    server = start_server(extra=["--ws-ping-interval", "0.3", "--ws-ping-timeout", "0.3"])
    with raw_client(server, "/echo") as talking, raw_client(server, "/echo") as answering:
        answering.socket.settimeout(0.1)
        until = time.monotonic() + 2
        while time.monotonic() < until:
            talking.write(frame(TEXT, b"x"))
            answer_pings(answering)
        for client in (talking, answering):
            client.socket.settimeout(5)
            client.write(frame(TEXT, b"still there"))
            while client.read_frame() != (0x81, b"still there"):
                pass


def answer_pings(client):
    try:
        while (found := client.read_frame()) is not None:
            if found[0] == 0x89:
                client.write(frame(PONG, found[1]))
    except TimeoutError:
        pass


def read_all(client):
    """How many frames are there."""
    client.socket.settimeout(1)
    count = 0
    try:
        while client.read_frame() is not None:
            count += 1
    except TimeoutError:
        pass
    return count


def connections(observer):
    observer.send("?")
    return json.loads(observer.recv(timeout=5))["connections"]


def ends_within(seconds, condition):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.1)
    return False
