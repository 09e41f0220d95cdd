"""How many pages of a room can one core draw?

A room page with its newest fifty messages and a list of thirty rooms beside it, for somebody who is signed in and for
a visitor. Each page is compared with what must be on it.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from stand.houses import ALONE, opened, storage
from stand.peers import PLACE
from stand.process import LOAD_CORE, ROOT, Server
from stand.report import Report

MESSAGES = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--connections", nargs="+", type=int, default=[1, 8])
    parser.add_argument("--seconds", type=float, default=6)
    asked = parser.parse_args()
    os.sched_setaffinity(0, {LOAD_CORE})
    report = Report("pages", "How many pages of a room can one core draw?")
    for kind in asked.databases:
        if reason := ALONE.missing(kind):
            report.miss(kind, reason)
            continue
        report.table(f"{kind}: a room of {MESSAGES} messages", _rows(kind, asked.connections, asked.seconds))
    report.write()


def _rows(kind: str, connections: list[int], seconds: float) -> list[dict[str, Any]]:
    with storage(ALONE, kind) as kept, opened(ALONE, kept, "") as server:
        filled = _fill(ALONE.env(kept, ""))
        readers = {"signed in, 30 rooms beside it": f"sessionid={filled['session']}", "a visitor": ""}
        return [
            {"reader": who, "connections": count, **_measure(server, filled["rooms"], cookie, count, seconds)}
            for who, cookie in readers.items()
            for count in connections
        ]


def _fill(env: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(PLACE / "full_house.py")],
        env={**os.environ, **env},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _measure(
    server: Server, paths: list[str], cookie: str, connections: int, seconds: float
) -> dict[str, Any]:
    _read(server, paths, cookie, time.monotonic() + 1)  # the first look draws the messages for everybody
    cpu, begun = server.cpu(), time.monotonic()
    with ThreadPoolExecutor(connections) as pool:
        waits = [pool.submit(_read, server, paths, cookie, begun + seconds) for _ in range(connections)]
        times = sorted(time for wait in waits for time in wait.result())
    passed, used = time.monotonic() - begun, server.cpu() - cpu
    return {
        "pages per second": len(times) / passed,
        "pages per second of CPU": len(times) / used,
        "CPU ms per page": used / len(times) * 1000,
        "p50 ms": times[len(times) // 2] * 1000,
        "p99 ms": times[len(times) * 99 // 100] * 1000,
    }


def _read(server: Server, paths: list[str], cookie: str, until: float) -> list[float]:
    """One connection that asks for one page after the other; seconds that each took."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    times = []
    while (begun := time.monotonic()) < until or not times:
        connection.request("GET", paths[len(times) % len(paths)], headers={"Cookie": cookie})
        answer = connection.getresponse()
        page = answer.read().decode()
        times.append(time.monotonic() - begun)
        drawn, listed = page.count("data-position="), page.count("<li data-room=")
        if answer.status != 200 or drawn != MESSAGES or (cookie and listed < len(paths)):
            raise RuntimeError(
                f"not the page that was asked for: {answer.status}, {drawn} messages, {listed} rooms"
            )
    return times


if __name__ == "__main__":
    main()
