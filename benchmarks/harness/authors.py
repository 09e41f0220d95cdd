"""People who post and people who read, in several rooms: the driver of ``load/posts.c``."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from .load import generator
from .process import Server


@dataclass(frozen=True)
class Posting:
    """What a while of posting gave.

    Attributes:
        acknowledged, refused: posts, by their answer.
        deliveries, lost: arrivals of a post at a person of its room; lost ones did not within 5 seconds.
        wall, server_cpu, load_cpu: seconds.
        ack_p50, ack_p99: milliseconds from posting to the acknowledgement.
        p50, p99: milliseconds from posting to arriving, over all deliveries.
    """

    acknowledged: int
    refused: int
    deliveries: int
    lost: int
    wall: float
    server_cpu: float
    load_cpu: float
    ack_p50: float
    ack_p99: float
    p50: float
    p99: float

    @property
    def rate(self) -> float:
        """Acknowledged posts per second."""
        return self.acknowledged / self.wall if self.wall else 0.0

    @property
    def cpu_us(self) -> float:
        """Microseconds of the server's CPU per acknowledged post, deliveries included."""
        return self.server_cpu / max(self.acknowledged, 1) * 1e6


class Authors:
    """The connections to some rooms, of which some post."""

    def __init__(self, server: Server, process: subprocess.Popen[str]) -> None:
        self._server, self._process = server, process

    def keep(self, waiting: int, seconds: float) -> Posting:
        """Each author posts again as soon as fewer than `waiting` posts lack their acknowledgement."""
        return self._run(f"keep {waiting} {seconds}")

    def pace(self, rate: float, seconds: float) -> Posting:
        """So many posts a second by all together, whether they are answered or not."""
        return self._run(f"pace {rate} {seconds}")

    def _run(self, line: str) -> Posting:
        before = self._server.cpu()
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        said: dict[str, Any] = json.loads(self._process.stdout.readline())
        return Posting(
            said["acknowledged"],
            said["refused"],
            said["deliveries"],
            said["lost"],
            said["wall_s"],
            self._server.cpu() - before,
            said["load_cpu_s"],
            said["ack_p50_ms"],
            said["ack_p99_ms"],
            said["p50_ms"],
            said["p99_ms"],
        )


@contextmanager
def subscribed_authors(
    server: Server, dialect: str, rooms: int, connections: int, authors: int
) -> Iterator[Authors]:
    """So many rooms of so many connections; the first `authors` connections, over all rooms by turns, are authors.

    Args:
        dialect: ``zashiki``, or ``tutorial``, where seeing one's own message is all the acknowledgement there is.

    Raises:
        RuntimeError: not all of them could subscribe.
    """
    words = [str(server.port), dialect, str(rooms), str(connections), str(authors)]
    with generator("posts", words) as process:
        assert process.stdout
        if process.stdout.readline() != "ready\n":
            raise RuntimeError(f"not everybody could subscribe at {server.name}")
        yield Authors(server, process)
