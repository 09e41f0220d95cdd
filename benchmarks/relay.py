"""What does it cost to tell another process, and does that depend on how many people are there?

Two processes share a room over one Redis. One person speaks in the first; none, ten, a hundred, a thousand
more listen in the second. The cost of the relay is what a message costs the second process when nearly
nobody is there.
"""

from __future__ import annotations

import argparse
import time
from typing import Any

import redis as redis_client
from harness.load import people
from harness.peers import BY_KEY, serve
from harness.process import Server
from harness.redis import address, missing, redis
from harness.report import Report

PEER = BY_KEY["hub-pubsub"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--crowds", nargs="+", type=int, default=[1, 10, 100, 1000])
    parser.add_argument("--windows", nargs="+", type=int, default=[1, 100])
    parser.add_argument("--seconds", type=float, default=3)
    asked = parser.parse_args()
    report = Report("relay", "What does it cost to tell another process?")
    if reason := PEER.missing() or missing():
        report.miss(PEER.name, reason)
        return
    with redis() as broker, serve(PEER, address(broker)) as first, serve(PEER, address(broker)) as second:
        for window in asked.windows:
            rows = [_row(first, second, broker, crowd, window, asked.seconds) for crowd in asked.crowds]
            report.table(f"Two processes, {window} under way: microseconds of CPU per message", rows)
    report.write()


def _row(
    first: Server, second: Server, broker: Server, crowd: int, window: int, seconds: float
) -> dict[str, Any]:
    with people(first, window, PEER.dialect) as speakers, people(second, crowd, PEER.dialect) as listeners:
        speakers.run(window, seconds=0.5)
        time.sleep(0.5)
        heard, published = listeners.ask("state")["frames"], _published(broker)
        there, layer = second.cpu(), broker.cpu()
        said = speakers.run(window, seconds=seconds)
        time.sleep(1)
        heard = listeners.ask("state")["frames"] - heard
        per_message = 1e6 / said.messages
        return {
            "listeners there": crowd,
            "messages": said.messages,
            "first process": said.server_cpu * per_message,
            "second process": (second.cpu() - there) * per_message,
            "Redis": (broker.cpu() - layer) * per_message,
            "layer messages per message": (_published(broker) - published) / said.messages,
            "heard there %": 100 * heard / (said.messages * crowd),
        }


def _published(broker: Server) -> int:
    with redis_client.Redis(port=broker.port) as client:
        stats = client.info("commandstats")
    return int(stats.get("cmdstat_publish", {}).get("calls", 0))


if __name__ == "__main__":
    main()
