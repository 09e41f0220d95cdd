"""Does somebody who stops reading slow the others, or fill the server's memory?

A thousand people in a room. A short run; then one of them stops reading, and once the kernel keeps no more for them a
second run like the first, over the same connections. What the others waited for in the second is compared with the first,
so that neighbours of the moment trouble both. By turns the same with nobody who stops: that tells how far two runs differ by themselves.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

from harness.load import Load, Sample, people
from harness.peers import BY_KEY, Peer, serve
from harness.process import Server
from harness.redis import address, redis
from harness.report import Report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--peers",
        nargs="+",
        default=["hub", "hub-plain", "nchan", "ws"],
        choices=list(BY_KEY),
        metavar="PEER",
    )
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--messages", type=int, default=2000, help="between the two runs, ten under way")
    parser.add_argument("--measured", type=int, default=200, help="messages of each run that is compared")
    parser.add_argument("--size", type=int, default=4000, help="bytes of a message")
    parser.add_argument("--rounds", type=int, default=9)
    asked = parser.parse_args()
    report = Report(
        "slow_reader", "Does somebody who stops reading slow the others, or fill the server's memory?"
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
    note = (
        f"{asked.people:,} people, messages of {asked.size:,} bytes, {asked.rounds} pairs of runs of {asked.measured} messages each,"
        f" {megabytes:.0f} MB to each person between the two of a pair; medians"
    )
    report.table("One who stops reading", rows, note)
    report.write()


def _row(peer: Peer, asked: argparse.Namespace, broker: str) -> dict[str, Any]:
    pairs: dict[int, list[Pair]] = {0: [], 1: []}
    with serve(peer, broker) as server:
        for _ in range(asked.rounds):
            for silent in (0, 1):
                with people(server, asked.people + silent, peer.dialect, size=asked.size) as load:
                    pairs[silent].append(_pair(server, load, silent, asked))
    return {
        "": peer.name,
        "p99 before, ms": median(pair.first.p99 for pair in pairs[1]),
        "p99 beside one who stopped, times": median(pair.p99 for pair in pairs[1]),
        "half of the runs between": _half(pair.p99 for pair in pairs[1]),
        "with nobody who stops, times": median(pair.p99 for pair in pairs[0]),
        "half of them between": _half(pair.p99 for pair in pairs[0]),
        "CPU per delivery, times": median(pair.cpu for pair in pairs[1]),
        "memory grown without, MiB": max(pair.grown for pair in pairs[0]),
        "memory grown beside, MiB": max(pair.grown for pair in pairs[1]),
    }


@dataclass(frozen=True)
class Pair:
    """Two runs over the same connections, before somebody stopped reading and after.

    Attributes:
        grown: MiB of the server's memory, from one to the other.
    """

    first: Sample
    second: Sample
    grown: float

    @property
    def p99(self) -> float:
        return self.second.p99 / self.first.p99

    @property
    def cpu(self) -> float:
        return self.second.cpu_us / self.first.cpu_us


def _pair(server: Server, load: Load, silent: int, asked: argparse.Namespace) -> Pair:
    load.run(10, seconds=10, messages=asked.measured)
    before, first = server.resident(), load.run(10, seconds=30, messages=asked.measured)
    load.ask(f"stall {silent}")
    load.run(10, seconds=60, messages=asked.messages)
    second = load.run(10, seconds=30, messages=asked.measured)
    return Pair(first, second, (server.resident() - before) / 2**20)


def _half(ratios: Iterable[float]) -> str:
    low, _, high = quantiles(ratios, n=4, method="inclusive")
    return f"{low:.2f} and {high:.2f}"


if __name__ == "__main__":
    main()
