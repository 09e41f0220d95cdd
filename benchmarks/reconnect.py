"""How long until everybody is back after a restart?

Five thousand people of one room lose their connections, a few messages are posted without them, the server
starts again, and all return in the same moment, each with the last version it has seen. Back is who has all
that was missed; live is who gets the next message after that.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from typing import Any

from harness.chat_servers import ZASHIKI, opened, storage
from harness.client import Guest
from harness.load import built
from harness.process import LOAD_CORE, Server
from harness.redis import address, redis
from harness.report import Report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--people", type=int, default=5000)
    parser.add_argument("--missed", nargs="+", type=int, default=[0, 20, 200], help="messages")
    asked = parser.parse_args()
    report = Report("reconnect", "How long until everybody is back after a restart?")
    with redis() as broker:
        for kind in asked.databases:
            if reason := ZASHIKI.missing(kind):
                report.miss(kind, reason)
                continue
            rows = [_row(kind, address(broker), asked.people, missed) for missed in asked.missed]
            report.table(f"{kind}: {asked.people:,} people come back at once", rows)
    report.write()


def _row(kind: str, broker: str, people: int, missed: int) -> dict[str, Any]:
    with storage(ZASHIKI, kind) as kept:
        with opened(ZASHIKI, kept, broker) as server, Guest(server, "bench-0") as author:
            author.post("the last thing that everybody has seen")
            since, epoch = author.version, author.epoch
            for number in range(missed):
                author.post(f"message {number} that they have missed")
        with opened(ZASHIKI, kept, broker) as server:
            empty, before = server.resident(), server.cpu()
            said = _return(server, people, since, epoch, missed)
            return {
                "missed": missed,
                "back": said["back"],
                "seconds": said["seconds"],
                "p50 s": said["p50_ms"] / 1000,
                "p99 s": said["p99_ms"] / 1000,
                "refused and tried again": said["retries"],
                "live": said["live"],
                "too many messages": said["most_messages"] - missed - 1,
                "server CPU s": server.cpu() - before,
                "load CPU s": said["load_cpu_s"],
                "MiB before": empty / 2**20,
                "MiB at most": server.peak() / 2**20,
            }


def _return(server: Server, people: int, since: int, epoch: str, missed: int) -> dict[str, Any]:
    program = ["taskset", "-c", str(LOAD_CORE), str(built("reconnect"))]
    words = [str(server.port), str(people), str(since), epoch, str(missed)]
    done = subprocess.run([*program, *words], capture_output=True, text=True, timeout=300, check=True)
    return dict(json.loads(done.stdout))


if __name__ == "__main__":
    main()
