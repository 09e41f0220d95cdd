"""What does a post cost as its room grows, and where does that go?

One room of 10 to 5,000 people, ten of whom write, at a steady pace. The CPU of the server process per post is
measured by itself; how Python's share of it divides into steps is then looked at in a second run. Not in the
shares: the disk and whatever else is done without the interpreter's lock.
"""

from __future__ import annotations

import argparse
from typing import Any

from harness import profile
from harness.authors import subscribed_authors
from harness.chat_servers import ZASHIKI, opened, storage
from harness.redis import address, redis
from harness.report import Report

AUTHORS = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", default="sqlite", choices=["sqlite", "postgresql"])
    parser.add_argument("--crowds", nargs="+", type=int, default=[10, 100, 1000, 5000])
    parser.add_argument("--rate", type=float, default=40, help="posts a second")
    parser.add_argument("--seconds", type=float, default=5)
    asked = parser.parse_args()
    report = Report("post_profile", "What does a post cost as its room grows, and where does that go?")
    if reason := profile.missing():
        report.miss("the steps", reason)
    with redis() as broker:
        rows = [_row(crowd, asked, address(broker)) for crowd in asked.crowds]
    report.table(f"{asked.database}, {asked.rate:.0f} posts a second", rows)
    report.write()


def _row(crowd: int, asked: argparse.Namespace, broker: str) -> dict[str, Any]:
    with (
        storage(ZASHIKI, asked.database) as kept,
        opened(ZASHIKI, kept, broker) as server,
        subscribed_authors(server, ZASHIKI.dialect, 1, crowd, AUTHORS) as authors,
    ):
        authors.pace(asked.rate, 1)
        run = authors.pace(asked.rate, asked.seconds)
        row = {"people": crowd, "CPU µs per post": run.cpu_us, "p99 ms": run.ack_p99, "lost": run.lost}
        if profile.missing():
            return row
        with profile.looking(server.pid, asked.seconds) as found:
            authors.pace(asked.rate, asked.seconds)
        whole = sum(found.values()) or 1.0
        return row | {
            f"{step} %": 100 * found.get(step, 0.0) / whole for step in [*profile.STEPS, "the rest"]
        }


if __name__ == "__main__":
    main()
