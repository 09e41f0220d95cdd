"""What does compression save and cost?

A thousand people whose browsers offer permessage-deflate. With a shared frame the server compresses a
message once for all of them; the ordinary way compresses it for each.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Any

from harness.load import people
from harness.peers import BY_KEY, Peer, serve
from harness.report import Report
from memory import BROWSER

PLAIN, ORDINARY = BY_KEY["hub"], BY_KEY["hub-plain"]
SHARED = replace(
    PLAIN,
    key="hub-deflate",
    name="HubConsumer, shared deflate",
    env={**PLAIN.env, "BENCH_DEFLATE": "1"},
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--sizes", nargs="+", type=int, default=[100, 500, 2000])
    parser.add_argument("--seconds", type=float, default=3)
    asked = parser.parse_args()
    report = Report("deflate", "What does compression save and cost?")
    if reason := PLAIN.missing():
        report.miss(PLAIN.name, reason)
        return
    for size in asked.sizes:
        rows = [
            _row(peer, offered, size, asked)
            for peer, offered in ((PLAIN, ""), (SHARED, BROWSER), (ORDINARY, BROWSER))
        ]
        report.table(f"{asked.people:,} people, messages of {size:,} bytes, 1 under way", rows)
    report.write()


def _row(peer: Peer, offered: str, size: int, asked: argparse.Namespace) -> dict[str, Any]:
    dialect = replace(peer.dialect, headers=offered, blind=bool(offered))
    with serve(peer) as server:
        with people(server, 50, dialect, size=size):
            pass
        empty = server.resident()
        with people(server, asked.people, dialect, size=size) as load:
            load.run(1, seconds=0.5)
            sample = load.run(1, seconds=asked.seconds)
            full = server.resident()
    return {
        "": peer.name + (", deflate for each" if offered and peer is ORDINARY else ""),
        "µs of CPU per delivery": sample.cpu_us,
        "bytes on the wire per delivery": sample.sent_bytes / max(sample.deliveries, 1),
        "KiB per connection": (full - empty) / asked.people / 1024,
        "lost": sample.lost,
    }


if __name__ == "__main__":
    main()
