"""One server: people talk, and what they said is there tomorrow."""

import os
import time
from pathlib import Path

from tests.server.talking import subscription, talk

ROOM = "雑談"
SECOND_START = 3  # seconds; about one on an idle machine


def test_two_people_talk_and_it_is_there_after_a_restart(serve):
    server = serve()
    with subscription(server, ROOM) as aiko, subscription(server, ROOM) as bela:
        talk(aiko, bela)
    server.restart()
    status, _, page = server.get("/chat/%E9%9B%91%E8%AB%87/")
    assert status == 200
    assert "good morning" in page and "おはよう" in page


def test_what_was_acknowledged_survives_a_kill(serve):
    server = serve()
    with subscription(server, ROOM) as aiko:
        aiko.says("remember this")
        aiko.hears("remember this")
        server.kill()
    server.start()
    assert "remember this" in server.get("/chat/%E9%9B%91%E8%AB%87/")[2]


def test_the_second_start_is_quick(serve):
    server = serve()
    server.stop()
    begun = time.monotonic()
    server.start()
    assert time.monotonic() - begun < SECOND_START


def test_the_address_is_printed(serve):
    server = serve()
    assert f"{server.url}/" in server.output
    assert "Traceback" not in server.output and "Warning" not in server.output


def test_a_socket_is_told_that_the_server_restarts(serve):
    server = serve()
    with subscription(server, ROOM) as aiko:
        server.terminate()
        assert aiko.is_shown_out() == 1012
    assert "Traceback" not in server.output


def test_a_killed_worker_is_replaced(serve, redis_url):
    server = serve("--workers", "2", "--redis", redis_url)
    before = _workers(server)
    assert len(before) == 2
    os.kill(before[0], 9)
    server.wait_until(lambda: len(_workers(server)) == 2 and before[0] not in _workers(server))
    server.wait_until(lambda: server.health()[0] == 200)


def test_static_files_are_named_by_their_content_and_kept(serve):
    server = serve()
    page = server.get("/chat/")[2]
    script = next(part for part in page.split('"') if part.startswith("/static/") and part.endswith(".css"))
    status, headers, _ = server.get(script)
    assert status == 200
    assert "immutable" in headers["Cache-Control"]


def _workers(server):
    """Processes of the server that have its code loaded, without its helpers."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    return [int(pid) for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
