"""How many posts a second are stored and acknowledged?

Twenty rooms of ten people, fifty of whom write, as fast as they are answered; one server process on one
core, as it comes and with the layer that several processes need. Beside it the ordinary way: the
tutorial's consumer with one ``Message.objects.acreate`` per message, on the pub/sub layer.
"""

from __future__ import annotations

import argparse
from typing import Any

from harness.authors import Posting, subscribed_authors
from harness.chat_servers import CHAT_SERVERS, ChatServer, opened, storage, stored
from harness.redis import address, redis
from harness.report import Report

ROOMS, CONNECTIONS, AUTHORS = 20, 10, 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument(
        "--waiting", nargs="+", type=int, default=[1, 4, 16], help="posts that an author has under way"
    )
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--rate", type=float, default=500, help="posts a second of the paced run")
    asked = parser.parse_args()
    report = Report("posts", "How many posts a second are stored and acknowledged?")
    with redis() as broker:
        for database in asked.databases:
            _measure(report, database, address(broker), asked)
    report.write()


def _measure(report: Report, kind: str, broker: str, asked: argparse.Namespace) -> None:
    fast: list[dict[str, Any]] = []
    paced: list[dict[str, Any]] = []
    for chat_server in CHAT_SERVERS:
        if reason := chat_server.missing(kind):
            report.miss(f"{chat_server.name} on {kind}", reason)
            continue
        with storage(chat_server, kind) as kept, opened(chat_server, kept, broker) as server:
            with subscribed_authors(server, chat_server.dialect, ROOMS, CONNECTIONS, AUTHORS) as authors:
                runs = [authors.keep(1, 1)]
                for waiting in asked.waiting:
                    runs.append(authors.keep(waiting, asked.seconds))
                    fast.append({"": chat_server.name, "under way": waiting * AUTHORS, **_figures(runs[-1])})
                runs.append(authors.pace(asked.rate, asked.seconds))
                paced.append({"": chat_server.name, **_figures(runs[-1])})
            _compare(report, chat_server, sum(run.acknowledged for run in runs), stored(chat_server, kept))
    report.table(f"{kind}: as fast as they are answered", fast)
    report.table(f"{kind}: {asked.rate:.0f} posts a second", paced)


def _compare(report: Report, chat_server: ChatServer, acknowledged: int, kept: int) -> None:
    print(f"{chat_server.name}: {acknowledged} acknowledged, {kept} stored", flush=True)
    if acknowledged != kept:
        report.miss(chat_server.name, f"{acknowledged} posts were acknowledged and {kept} stored")


def _figures(run: Posting) -> dict[str, Any]:
    return {
        "posts per second": round(run.rate),
        "acknowledged p50 ms": run.ack_p50,
        "p99 ms": run.ack_p99,
        "delivered p99 ms": run.p99,
        "server CPU µs per post": run.cpu_us,
        "server busy %": 100 * run.server_cpu / max(run.wall, 1e-9),
        "load busy %": 100 * run.load_cpu / max(run.wall, 1e-9),
        "refused": run.refused,
        "lost": run.lost,
    }


if __name__ == "__main__":
    main()
