"""What does it cost to show one message to one person?

A room of 100 and of 1,000 people, messages of 100 bytes, 1, 10 and 100 of them under way at once. The
figure is the CPU of the server process per delivery: on a machine that others use too it is steadier than
the wall clock, and it is what a core can be divided by.
"""

from __future__ import annotations

import argparse
from statistics import median
from typing import Any

from stand.load import Sample, people
from stand.peers import BY_KEY, Peer, serve
from stand.process import Server
from stand.redis import address, redis
from stand.report import Report

KINDS = {  # messages under way, and people who take turns in speaking
    "1": (1, 1),
    "10": (10, 10),
    "100": (100, 100),
    "10 of one": (10, 1),
    "100 of one": (100, 1),
}


def main() -> None:
    asked = _arguments()
    report = Report("fanout", "What does it cost to show one message to one person?")
    rows: dict[int, list[dict[str, Any]]] = {}
    with redis() as broker:
        for peer in [BY_KEY[key] for key in asked.peers]:
            for crowd in peer.crowds if asked.crowds is None else asked.crowds:
                if row := _measured(peer, crowd, asked, broker, report):
                    rows.setdefault(crowd, []).append(row)
                    print(f"  {crowd} people: {row}", flush=True)
    for crowd in sorted(rows):
        _tables(report, crowd, rows[crowd])
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
    parser.add_argument(
        "--crowds", nargs="+", type=int, help="numbers of people; default: those that suit the peer"
    )
    parser.add_argument("--seconds", type=float, default=1.5, help="of each run")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each kind; the median counts")
    parser.add_argument("--size", type=int, default=100, help="bytes of a message")
    return parser.parse_args()


def _measured(
    peer: Peer, crowd: int, asked: argparse.Namespace, broker: Server, report: Report
) -> dict[str, Any] | None:
    if reason := peer.missing():
        report.miss(peer.name, reason)
        return None
    try:
        with (
            serve(peer, address(broker)) as server,
            people(server, crowd, peer.dialect, size=asked.size) as load,
        ):
            resident = server.resident()
            load.run(1, seconds=asked.seconds / 2)
            samples: dict[str, list[Sample]] = {kind: [] for kind in KINDS}
            for _ in range(asked.rounds):
                for kind, (window, speakers) in KINDS.items():
                    samples[kind].append(load.run(window, speakers=speakers, seconds=asked.seconds))
    except RuntimeError as failure:
        report.miss(f"{peer.name}, {crowd} people", str(failure).strip().splitlines()[-1])
        return None
    return {
        "peer": peer.name,
        "resident": resident,
        "samples": {kind: _middle(runs) for kind, runs in samples.items()},
    }


def _middle(samples: list[Sample]) -> Sample:
    """The run whose CPU per delivery is the median."""
    wanted = median(sample.cpu_us for sample in samples)
    return min(samples, key=lambda sample: abs(sample.cpu_us - wanted))


def _tables(report: Report, crowd: int, rows: list[dict[str, Any]]) -> None:
    report.table(
        f"{crowd:,} people: microseconds of server CPU per delivery, by messages under way",
        [{"": row["peer"]} | {kind: row["samples"][kind].cpu_us for kind in KINDS} for row in rows],
        "By as many people as messages are under way, or all by one.",
    )
    if floors := [row["samples"] for row in rows if row["peer"] == BY_KEY["floor"].name]:
        report.table(f"{crowd:,} people: times the floor", [_ratios(row, floors[0]) for row in rows])
    for kind in ("1", "100"):
        title = f"{crowd:,} people, {kind} under way: time"
        report.table(title, [_times(row["peer"], row["samples"][kind], row["resident"]) for row in rows])


def _ratios(row: dict[str, Any], floor: dict[str, Sample]) -> dict[str, Any]:
    return {"": row["peer"]} | {kind: row["samples"][kind].cpu_us / floor[kind].cpu_us for kind in KINDS}


def _times(name: str, sample: Sample, resident: int) -> dict[str, Any]:
    return {
        "": name,
        "deliveries per second": round(sample.deliveries / sample.wall) if sample.wall else None,
        "p50 ms": sample.p50,
        "p99 ms": sample.p99,
        "lost %": 100 * sample.lost / max(sample.lost + sample.deliveries, 1),
        "server busy %": 100 * sample.server_cpu / max(sample.wall, 1e-9),
        "load µs per delivery": sample.load_us,
        "load busy %": 100 * sample.load_cpu / max(sample.wall, 1e-9),
        "server MiB": resident / 2**20,
    }


if __name__ == "__main__":
    main()
