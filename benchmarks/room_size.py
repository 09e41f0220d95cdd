"""Does a delivery cost more when the room is larger?

Rooms of 100 to 8,000 connections, one message under way and a hundred, beside the floor with as many. What grows
with the room in the floor too is the processor's cache and the kernel, not the program.
"""

from __future__ import annotations

import argparse
from typing import Any

from harness.load import people
from harness.peers import BY_KEY, Peer, serve
from harness.report import Report

KINDS = {"1 under way": (1, 1), "100 under way": (100, 100)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", nargs="+", default=["hub", "floor"], choices=list(BY_KEY), metavar="PEER")
    parser.add_argument("--crowds", nargs="+", type=int, default=[100, 1000, 2000, 4000, 8000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.7)
    asked = parser.parse_args()
    report = Report("room_size", "Does a delivery cost more when the room is larger?")
    for peer in [BY_KEY[key] for key in asked.peers]:
        if reason := peer.missing():
            report.miss(peer.name, reason)
            continue
        costs = {crowd: _costs(peer, crowd, asked) for crowd in asked.crowds}
        base = costs.get(1000) or costs[asked.crowds[0]]
        report.table(
            f"{peer.name}: microseconds of server CPU per delivery",
            [_row(crowd, cost, base) for crowd, cost in costs.items()],
        )
    report.write()


def _costs(peer: Peer, crowd: int, asked: argparse.Namespace) -> dict[str, float]:
    """By kind: microseconds per delivery in the least disturbed of some runs."""
    with serve(peer) as server, people(server, crowd, peer.dialect) as load:
        load.run(1, seconds=asked.seconds / 2)
        return {
            kind: min(
                load.run(window, speakers=speakers, seconds=asked.seconds).cpu_us for _ in range(asked.rounds)
            )
            for kind, (window, speakers) in KINDS.items()
        }


def _row(crowd: int, cost: dict[str, float], base: dict[str, float]) -> dict[str, Any]:
    row: dict[str, Any] = {"people": crowd}
    for kind, value in cost.items():
        row |= {kind: value, f"× 1,000 people ({kind})": value / base[kind]}
    return row


if __name__ == "__main__":
    main()
