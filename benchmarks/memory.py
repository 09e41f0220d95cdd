"""What does a connection cost that says nothing?

Resident memory of the server process with 5,000 idle connections over that of the same process when fifty
have come and gone. The kernel's socket buffers are not in it; they are the same for all.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Any

from harness.load import people
from harness.peers import BY_KEY, Peer, serve
from harness.redis import address, redis
from harness.report import Report

BROWSER = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--peers",
        nargs="+",
        default=["hub", "hub-pubsub", "hub-plain", "pubsub", "nchan", "ws", "socketio"],
    )
    parser.add_argument("--count", type=int, default=5000)
    asked = parser.parse_args()
    report = Report("memory", "What does a connection cost that says nothing?")
    rows = []
    with redis() as broker:
        for peer in [BY_KEY[key] for key in asked.peers]:
            if reason := peer.missing():
                report.miss(peer.name, reason)
                continue
            for offered in ("", BROWSER):
                rows.append(_row(peer, asked.count, offered, address(broker)))
                print(rows[-1], flush=True)
    report.table(f"{asked.count:,} idle connections", rows)
    report.write()


def _row(peer: Peer, count: int, offered: str, broker: str) -> dict[str, Any]:
    dialect = replace(peer.dialect, headers=offered)
    with serve(peer, broker) as server:
        with people(server, 50, dialect):
            pass
        empty = server.resident()
        with people(server, count, dialect):
            full = server.resident()
    return {
        "": peer.name,
        "client offers deflate": "yes" if offered else "no",
        "empty server MiB": empty / 2**20,
        "full server MiB": full / 2**20,
        "KiB per connection": (full - empty) / count / 1024,
    }


if __name__ == "__main__":
    main()
