"""Does somebody who stops reading slow the others, or fill the server's memory?

A thousand people in a room, with and without one among them who stops reading, by turns, each time with new
connections. The p99 of the others is compared, and the memory of the server before and after.
"""

from __future__ import annotations

import argparse
from statistics import median
from typing import Any

from stand.load import people
from stand.peers import BY_KEY, Peer, serve
from stand.redis import address, redis
from stand.report import Report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--peers",
        nargs="+",
        default=["seated", "seated-plain", "nchan", "ws"],
        choices=list(BY_KEY),
        metavar="PEER",
    )
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--messages", type=int, default=3000, help="of each run, ten under way")
    parser.add_argument("--size", type=int, default=4000, help="bytes of a message")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    report = Report(
        "stalled", "Does somebody who stops reading slow the others, or fill the server's memory?"
    )
    rows = []
    with redis() as broker:
        for peer in [BY_KEY[key] for key in asked.peers]:
            if reason := peer.missing():
                report.miss(peer.name, reason)
                continue
            rows.append(_row(peer, asked, address(broker)))
            print(rows[-1], flush=True)
    megabytes = asked.messages * asked.size / 1e6
    note = f"{asked.people:,} people, messages of {asked.size:,} bytes, {megabytes:.0f} MB to each person"
    report.table("One who stops reading", rows, note)
    report.write()


def _row(peer: Peer, asked: argparse.Namespace, broker: str) -> dict[str, Any]:
    p99: dict[int, list[float]] = {0: [], 1: []}
    grown: dict[int, list[float]] = {0: [], 1: []}
    with serve(peer, broker) as server:
        for _ in range(asked.rounds):
            for silent in (0, 1):
                with people(server, asked.people + silent, peer.dialect, size=asked.size) as load:
                    load.run(10, seconds=10, messages=asked.messages // 10)
                    before = server.resident()
                    load.ask(f"stall {silent}")
                    sample = load.run(10, seconds=30, messages=asked.messages)
                    p99[silent].append(sample.p99)
                    grown[silent].append((server.resident() - before) / 2**20)
    without, beside = median(p99[0]), median(p99[1])
    return {
        "": peer.name,
        "p99 without, ms": without,
        "p99 beside one who stopped, ms": beside,
        "ratio": beside / without,
        "memory grown without, MiB": max(grown[0]),
        "memory grown beside, MiB": max(grown[1]),
    }


if __name__ == "__main__":
    main()
