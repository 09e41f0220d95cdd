"""What does it cost to show one message to one person?

A room of 100 and of 1,000 people, messages of 100 bytes, 1, 10 and 100 of them under way at once. The
figure is the CPU of the server process per delivery: on a machine that others use too it is steadier than
the wall clock, and it is what a core can be divided by.
"""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from harness.load import Load, Sample, people
from harness.peers import BY_KEY, Peer, serve
from harness.redis import address, redis
from harness.report import Report

KINDS = {  # messages under way, and people who take turns in speaking
    "1": (1, 1),
    "10": (10, 10),
    "100": (100, 100),
    "10 of one": (10, 1),
    "100 of one": (100, 1),
}
PATIENCE = 5.0  # seconds of CPU that the messages under way may take a peer; kinds beyond are left out


@dataclass
class Row:
    """A peer with people in front of it.

    Attributes:
        resident: bytes of its memory, with everybody connected and idle.
        first: the run that warmed it up, one message under way.
        samples: of each kind, in the order of the rounds.
    """

    peer: Peer
    load: Load
    resident: int
    first: Sample
    samples: dict[str, list[Sample]] = field(default_factory=lambda: {kind: [] for kind in KINDS})

    def measure(self, seconds: float, crowd: int) -> None:
        """One run of each kind that it can bear."""
        for kind, (window, speakers) in KINDS.items():
            if window == 1 or self.first.cpu_us / 1e6 * crowd * window < PATIENCE:
                self.samples[kind].append(self.load.run(window, speakers=speakers, seconds=seconds))

    def cost(self, kind: str) -> float | None:
        """Microseconds of the server's CPU per delivery in the least disturbed run; None if it was left out."""
        return self.best(kind).cpu_us if self.samples[kind] else None

    def best(self, kind: str) -> Sample:
        """The run that the rest of the machine disturbed least: caches are shared, and only ever made slower."""
        return min(self.samples[kind], key=lambda run: (run.deliveries == 0, run.cpu_us))


def main() -> None:
    asked = _arguments()
    report = Report("fanout", "What does it cost to show one message to one person?")
    peers = [peer for peer in (BY_KEY[key] for key in asked.peers) if _is_here(peer, report)]
    with redis() as broker:
        for crowd in asked.crowds:
            invited = [peer for peer in peers if crowd in peer.crowds]
            _tables(report, crowd, _measured(invited, crowd, asked, address(broker), report))
    report.write()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--peers",
        nargs="+",
        default=list(BY_KEY),
        choices=list(BY_KEY),
        metavar="PEER",
        help=", ".join(BY_KEY),
    )
    parser.add_argument("--crowds", nargs="+", type=int, default=[100, 1000, 5000], help="numbers of people")
    parser.add_argument("--seconds", type=float, default=0.5, help="of each run")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each kind; the least disturbed counts")
    parser.add_argument("--size", type=int, default=100, help="bytes of a message")
    return parser.parse_args()


def _is_here(peer: Peer, report: Report) -> bool:
    reason = peer.missing()
    if reason:
        report.miss(peer.name, reason)
    return not reason


def _measured(
    peers: list[Peer], crowd: int, asked: argparse.Namespace, broker: str, report: Report
) -> list[Row]:
    """All peers are up at once and run by turns, so that whatever else the machine does meets each of them."""
    with ExitStack() as stack:
        rows = []
        for peer in peers:
            try:
                server = stack.enter_context(serve(peer, broker))
                load = stack.enter_context(people(server, crowd, peer.dialect, size=asked.size))
            except RuntimeError as failure:
                report.miss(f"{peer.name}, {crowd} people", str(failure).strip().splitlines()[-1])
            else:
                rows.append(Row(peer, load, server.resident(), load.run(1, seconds=asked.seconds / 2)))
        for turn in range(asked.rounds):
            for row in rows:
                row.measure(asked.seconds, crowd)
            print(f"{crowd:,} people: round {turn + 1} of {asked.rounds}", flush=True)
    return rows


def _tables(report: Report, crowd: int, rows: list[Row]) -> None:
    report.table(
        f"{crowd:,} people: microseconds of server CPU per delivery, by messages under way",
        [{"": row.peer.name} | {kind: row.cost(kind) for kind in KINDS} for row in rows],
        "By as many people as messages are under way, or all by one. Empty: it would have taken too long.",
    )
    if floor := next((row for row in rows if row.peer.key == "floor"), None):
        report.table(f"{crowd:,} people: times the floor", [_ratios(row, floor) for row in rows])
    for kind in ("1", "100"):
        title = f"{crowd:,} people, {kind} under way: time"
        report.table(title, [_times(row, kind) for row in rows if row.samples[kind]])


def _ratios(row: Row, floor: Row) -> dict[str, Any]:
    pairs = {kind: (row.cost(kind), floor.cost(kind)) for kind in KINDS}
    return {"": row.peer.name} | {
        kind: cost / least if cost and least else None for kind, (cost, least) in pairs.items()
    }


def _times(row: Row, kind: str) -> dict[str, Any]:
    sample = row.best(kind)
    return {
        "": row.peer.name,
        "deliveries per second": round(sample.deliveries / sample.wall) if sample.wall else None,
        "p50 ms": sample.p50,
        "p99 ms": sample.p99,
        "lost %": 100 * sample.lost / max(sample.lost + sample.deliveries, 1),
        "server busy %": 100 * sample.server_cpu / max(sample.wall, 1e-9),
        "load µs per delivery": sample.load_us,
        "load busy %": 100 * sample.load_cpu / max(sample.wall, 1e-9),
        "server MiB": row.resident / 2**20,
    }


if __name__ == "__main__":
    main()
