"""Nothing is kept in Redis: with Redis stopped, or being a cluster, every page works and people sign in."""

import re
import urllib.error
import urllib.parse
import urllib.request

import pytest

from tests.server.addresses import addresses
from tests.server.browser import PASSWORD, Browser, make_owner
from tests.server.talking import subscription, talk
from tests.support.servers import RedisServer, ZashikiServer, free_port

VALUES = {"room_id": "1", "name": "tea", "key": "u1", "language": "en", "digest": "0" * 64}
ENDS_SESSIONS = re.compile("logout|sessions/end|password/(set|change)|delete")  # tried last


@pytest.fixture(scope="module")
def bereaved(tmp_path_factory):
    """A server with two workers whose Redis was stopped, its owner's browser, and every address that it has."""
    folder = tmp_path_factory.mktemp("bereaved")
    redis = RedisServer(folder).start()
    server = ZashikiServer(folder, "--workers", "2", "--redis", redis.url).start()
    try:
        owner = make_owner(server)
        owner.send("/chat/room/new/", name="tea", kind="public", posting="everybody")
        redis.stop()
        paths = addresses(folder / "other", VALUES)
        yield server, owner, sorted(paths, key=lambda path: (bool(ENDS_SESSIONS.search(path)), path))
    finally:
        server.stop()
        redis.stop()


def status(browser, path, data=None):
    request = urllib.request.Request(browser._server.url + path, data, {"Origin": browser._server.url})
    try:
        with browser._open(request, timeout=20) as answer:
            return answer.status
    except urllib.error.HTTPError as refused:
        return refused.code


def test_every_page_is_shown_and_takes_its_form_while_redis_is_away(bereaved):
    server, owner, paths = bereaved
    assert len(paths) > 60 and "/accounts/login/" in paths
    stranger = Browser(server)
    found = {path: {status(browser, path) for browser in (owner, stranger)} for path in paths}
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', owner.get("/chat/me/profile/")[1])[1]
    form = urllib.parse.urlencode({"csrfmiddlewaretoken": token, "login": "x", "password": "y"}).encode()
    for path in paths:
        found[path].add(status(owner, path, form))
    assert {path: codes for path, codes in found.items() if max(codes) >= 500} == {}
    assert "Traceback" not in server.output


def test_people_sign_in_while_redis_is_away_and_wrong_passwords_are_counted(bereaved):
    server, _, _ = bereaved
    assert Browser(server).send("/accounts/login/", login="aiko", password=PASSWORD)[0] == "/chat/"
    tries = [Browser(server).send("/accounts/login/", login="ben", password="wrong")[1] for _ in range(6)]
    assert ["Too many failed" in page for page in tries] == [False] * 5 + [True]


def test_a_server_starts_while_redis_is_away(bereaved):
    server, _, _ = bereaved
    server.restart()
    assert server.health()[1]["layer"] == "down"
    assert server.get("/chat/tea/")[0] == 200


def test_people_sign_in_and_talk_over_a_cluster(serve, folder):
    nodes = [_node(folder / f"node{number}") for number in range(3)]
    try:
        for node in nodes:
            node.start()
        _join(nodes)
        server = serve("--workers", "2", "--redis", nodes[0].url)
        make_owner(server)
        for name in ("aiko", "nobody", "ben", "carl"):  # keys on every node
            Browser(server).send("/accounts/login/", login=name, password=PASSWORD)
        with subscription(server, "tea") as first, subscription(server, "tea") as second:
            talk(first, second)
        assert server.health()[0] == 200
        assert "Traceback" not in server.output
    finally:
        for node in nodes:
            node.stop()


def _node(folder):
    folder.mkdir()
    bus = free_port()
    node = RedisServer(folder, "--cluster-enabled", "yes", "--cluster-port", str(bus))
    node.bus = bus
    return node


def _join(nodes):
    """Three masters, each with a third of the 16,384 slots."""
    for number, node in enumerate(nodes):
        with node.client() as client:
            client.execute_command(
                "CLUSTER", "ADDSLOTSRANGE", number * 5461, number * 5461 + 5460 + number // 2
            )
            client.execute_command("CLUSTER", "MEET", "127.0.0.1", nodes[0].port, nodes[0].bus)
    for node in nodes:
        with node.client() as client:
            node.wait_until(lambda: b"cluster_state:ok" in client.execute_command("CLUSTER", "INFO"))
