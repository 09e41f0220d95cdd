"""How many pages of a room can one core draw?

A room page with its newest fifty messages and a list of thirty rooms beside it, for somebody who is signed in and for
a visitor, asked for as a browser does: with its languages, and with the cookies that it was given. Before that each room is
looked at for the first time since the server started, when none of its messages has been drawn. Each page is compared with what must be on it.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http.cookies import SimpleCookie
from typing import Any

from harness.chat_servers import ALONE, opened, storage
from harness.peers import PLACE
from harness.process import LOAD_CORE, ROOT, Server
from harness.report import Report

MESSAGES, ROOMS = 50, 30
HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate, br",
    "Accept-Language": "en-GB,en;q=0.7,ja;q=0.3",
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--connections", nargs="+", type=int, default=[1, 8])
    parser.add_argument("--seconds", type=float, default=4, help="of each turn")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    os.sched_setaffinity(0, {LOAD_CORE})
    report = Report("pages", "How many pages of a room can one core draw?")
    for kind in asked.databases:
        if reason := ALONE.missing(kind):
            report.miss(kind, reason)
            continue
        for title, rows in _tables(kind, asked).items():
            report.table(title, rows)
    report.write()


def _tables(kind: str, asked: argparse.Namespace) -> dict[str, list[dict[str, Any]]]:
    with storage(ALONE, kind) as kept, opened(ALONE, kept, "") as server:
        filled = _fill(ALONE.env(kept, ""))
        rooms = filled["rooms"]
        readers = {"signed in, 30 rooms beside it": f"sessionid={filled['session']}", "a visitor": ""}
        first = _first(server, rooms, readers["signed in, 30 rooms beside it"])
        measured = [
            {"reader": who, "connections": count, **_measure(server, rooms, cookie, count, asked.seconds)}
            for _ in range(asked.rounds)
            for who, cookie in readers.items()
            for count in asked.connections
        ]
        return {
            f"{kind}: a room of {MESSAGES} messages": _least_disturbed(measured),
            f"{kind}: the first look at a room since the server started": [first],
        }


def _least_disturbed(measured: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of the turns of each row the one that took the least CPU."""
    best: dict[Any, dict[str, Any]] = {}
    for row in measured:
        key = row["reader"], row["connections"]
        best[key] = min(best.get(key, row), row, key=lambda each: each["CPU ms per page"])
    return list(best.values())


def _fill(env: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(PLACE / "seed_rooms.py")],
        env={**os.environ, **env},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _first(server: Server, rooms: list[str], cookie: str) -> dict[str, Any]:
    browser = Browser(server, cookie)
    browser.look(rooms[0])  # the first page of all reads the templates
    cpu = server.cpu()
    times = sorted(browser.look(room) for room in rooms[1:])
    return {"pages": len(times), **_figures(times, server.cpu() - cpu)}


def _measure(
    server: Server, rooms: list[str], cookie: str, connections: int, seconds: float
) -> dict[str, Any]:
    browsers = [Browser(server, cookie) for _ in range(connections)]
    for browser in browsers:
        browser.leaf(rooms, time.monotonic() + 1 / connections)  # it has been here before
    cpu, begun = server.cpu(), time.monotonic()
    with ThreadPoolExecutor(connections) as pool:
        waits = [pool.submit(browser.leaf, rooms, begun + seconds) for browser in browsers]
        times = sorted(time for wait in waits for time in wait.result())
    passed, used = time.monotonic() - begun, server.cpu() - cpu
    return {"pages per second": len(times) / passed, **_figures(times, used)}


def _figures(times: list[float], cpu: float) -> dict[str, float]:
    return {
        "pages per second of CPU": len(times) / cpu,
        "CPU ms per page": cpu / len(times) * 1000,
        "p50 ms": times[len(times) // 2] * 1000,
        "p99 ms": times[len(times) * 99 // 100] * 1000,
    }


class Browser:
    """One connection, the headers that matter to a server, and the cookies it was given.

    Args:
        cookie: what it has from earlier; empty for a browser that comes for the first time.
    """

    def __init__(self, server: Server, cookie: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        self._cookies: SimpleCookie = SimpleCookie(cookie)
        self._is_signed_in = bool(cookie)

    def leaf(self, rooms: list[str], until: float) -> list[float]:
        """One page after the other; seconds that each took."""
        times: list[float] = []
        while time.monotonic() < until or not times:
            times.append(self.look(rooms[len(times) % len(rooms)]))
        return times

    def look(self, room: str) -> float:
        """Seconds until the whole page is there.

        Raises:
            RuntimeError: it is not the page that was asked for.
        """
        begun = time.monotonic()
        cookies = "; ".join(f"{each.key}={each.coded_value}" for each in self._cookies.values())
        self._connection.request("GET", room, headers={**HEADERS, "Cookie": cookies})
        answer = self._connection.getresponse()
        content = answer.read()
        passed = time.monotonic() - begun
        page = (
            gzip.decompress(content) if answer.headers["Content-Encoding"] == "gzip" else content
        ).decode()
        for cookie in answer.headers.get_all("Set-Cookie", ()):
            self._cookies.load(cookie)
        drawn, listed = page.count("data-position="), page.count("<li data-room=")
        if answer.status != 200 or drawn != MESSAGES or (self._is_signed_in and listed < ROOMS):
            raise RuntimeError(
                f"{room} is not as it must be: {answer.status}, {drawn} messages, {listed} rooms"
            )
        return passed


if __name__ == "__main__":
    main()
