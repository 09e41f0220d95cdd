"""People without an account are free to invent: all of one network together have the documented limit, however they connect and to whichever worker."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.server.browser import Browser, make_owner

GUEST_RATE, POST_RATE, ROOM_RATE = 60, 30, 5
LIMITS = {
    "ZASHIKI_GUEST_RATE": GUEST_RATE,
    "ZASHIKI_POSTS_PER_MINUTE": POST_RATE,
    "ZASHIKI_ROOM_RATE": ROOM_RATE,
}
HERE, THERE = "198.51.100.7", "2001:db8:7:1::{:x}"


@pytest.fixture(scope="module")
def server(tmp_path_factory, redis_url):
    """Four workers, which believe a proxy on this machine what it says of addresses."""
    from tests.support.servers import ZashikiServer

    folder = tmp_path_factory.mktemp("limited")
    server = ZashikiServer(folder, "--workers", "4", "--redis", redis_url, env=LIMITS).start()
    make_owner(server).send("/chat/room/new/", name="tea", kind="public", posting="everybody")
    yield server
    server.stop()


def ask(server, commands, address, **headers):
    """The answers to commands on a new connection without a cookie; what is not answered is ``closed``."""
    headers = {"X-Forwarded-For": address, **headers}
    url = server.socket_url("/ws/zashiki/")
    answers = []
    try:
        with connect(url, subprotocols=["zashiki.v1"], additional_headers=headers, proxy=None) as socket:
            for number, command in enumerate(commands):
                socket.send(json.dumps({**command, "ref": number}))
                while (answer := json.loads(socket.recv(timeout=20))).get("ref") != number:
                    pass
                answers.append(answer.get("code", "ok"))
    except ConnectionClosed as closed:
        answers.append(closed.rcvd.code)
    return answers


def posts(count):
    return [{"type": "post", "room": 1, "body": "tea", "nonce": str(number)} for number in range(count)]


def test_guests_who_come_again_and_again_have_one_limit_for_their_network(server):
    begun = time.monotonic()
    commands = [{"type": "subscribe", "room": 1}, *posts(5)]
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: ask(server, commands, HERE), range(40)))
    stored = sum(answer[1:].count("ok") for answer in answers)
    flowed_in = (time.monotonic() - begun) * GUEST_RATE / 60
    assert GUEST_RATE <= stored <= GUEST_RATE + flowed_in + 1
    assert {code for answer in answers for code in answer} <= {"ok", "rate_limited", "not_subscribed", 1013}


def test_a_household_of_ipv6_is_one_network_and_another_network_is_another(server):
    commands = [{"type": "subscribe", "room": 1}, *posts(9)]
    stored = sum(ask(server, commands, THERE.format(number))[1:].count("ok") for number in range(1, 13))
    assert GUEST_RATE <= stored <= GUEST_RATE + 20
    assert ask(server, commands[:2], "203.0.113.5") == ["ok", "ok"]


def test_guests_open_few_rooms_in_an_hour_in_either_dialect(server):
    address = "198.51.100.20"
    commands = [[{"type": "subscribe", "room": f"room {number}"}] for number in range(ROOM_RATE * 3)]
    answers = [ask(server, each, address)[0] for each in commands]
    assert answers == ["ok"] * ROOM_RATE + ["rate_limited"] * ROOM_RATE * 2
    with (
        pytest.raises(ConnectionClosed) as closed,
        connect(
            server.socket_url(f"/ws/chat/{quote('one more')}/"),
            additional_headers={"X-Forwarded-For": address},
            proxy=None,
        ) as socket,
    ):
        socket.recv(timeout=10)
    assert closed.value.rcvd.code == 1013
    assert server.get("/chat/room/2/")[0] == 200 and server.get(f"/chat/room/{ROOM_RATE + 2}/")[0] == 404


def test_people_with_accounts_behind_the_same_network_go_on(server):
    for _ in range(3):
        ask(server, [{"type": "subscribe", "room": 1}, *posts(POST_RATE)], HERE)
    owner = Browser(server)
    owner.send("/accounts/login/", login="aiko", password="tatami-shoji-engawa")
    answers = ask(server, [{"type": "subscribe", "room": 1}, *posts(10)], HERE, Cookie=owner.cookies)
    assert answers == ["ok"] * 11
