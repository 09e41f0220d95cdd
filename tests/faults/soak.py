"""The long run behind ``bin/soak``: faults drawn by a seed for as long as asked, and a page with what came of it."""

import argparse
import asyncio
import os
import platform
import random
import re
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from pathlib import Path

import zashiki
from tests.faults import faults
from tests.faults.checker import CHECKS, violations
from tests.faults.cluster import Cluster
from tests.faults.scenario import undergo

PAGE = Path(__file__).parents[2] / "docs" / "soak.md"
KINDS = ("## Two processes on PostgreSQL and Redis", "## One process on SQLite")
INTRODUCTION = """\
# The last soaks

Written by `bin/soak --write`. People talk in three rooms by real sockets, things break, and afterwards the record of what each
of them was answered and saw is held against the table. [guarantees.md](guarantees.md) says what is checked.
"""


def main():
    parser = argparse.ArgumentParser("bin/soak", description=__doc__)
    parser.add_argument(
        "--seed", type=int, default=random.randrange(10**6), help="of everything left to chance"
    )
    parser.add_argument("--duration", type=float, default=600, help="seconds of faults")
    parser.add_argument(
        "--alone", action="store_true", help="one process on SQLite; without it two on PostgreSQL and Redis"
    )
    parser.add_argument("--write", action="store_true", help="put the result into docs/soak.md")
    given = parser.parse_args()
    result, found = asyncio.run(soak(given))
    print(result)
    if given.write:
        PAGE.write_text(with_result(PAGE.read_text() if PAGE.exists() else "", result))
    sys.exit(bool(found))


async def soak(given):
    chance = random.Random(given.seed)
    workers = 1 if given.alone else 2
    kinds = faults.EVERYWHERE + (faults.ALONE if given.alone else faults.TOGETHER)
    with tempfile.TemporaryDirectory(prefix="zashiki-soak-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o755)  # PostgreSQL runs as another user
        async with Cluster(folder, workers) as cluster:
            record, table = await undergo(
                cluster, _until(given.duration, chance, kinds), given.seed, leavers=30
            )
    found = violations(record, table)
    return section(given, record, table, found), found


def _until(duration, chance, kinds):
    """Every fault once in an order of chance, then any of them, until the time is over."""
    end = time.monotonic() + duration
    yield from chance.sample(kinds, len(kinds))
    while time.monotonic() < end:
        yield chance.choice(kinds)


def with_result(page, result):
    """The page with this result in the place of the last one of its kind; those of the other kind stay."""
    kept = {part.splitlines()[0]: part for part in re.split(r"^(?=## )", page, flags=re.MULTILINE)[1:]}
    kept[result.splitlines()[0]] = result
    return "\n".join([INTRODUCTION, *(kept[title].rstrip("\n") + "\n" for title in KINDS if title in kept)])


def section(given, record, table, found):
    posts = {(answer.room, answer.author, answer.nonce) for answer in record.answers}
    stored = Counter((row[1], row[4], row[5]) for row in table["messages"])
    slowest = max(record.recoveries, key=lambda recovery: recovery[1])
    rows = [
        ("seed, seconds asked for", f"{given.seed}, {given.duration:g}"),
        ("faults injected", len(record.faults)),
        ("posts acknowledged", len(posts)),
        ("answers to them, retries included", len(record.answers)),
        ("**lost**: acknowledged and not in the table", sum(stored[post] == 0 for post in posts)),
        ("**doubled**: in the table more than once", sum(times > 1 for times in stored.values())),
        ("events seen by readers", sum(map(len, record.sights.values()))),
        ("views compared with the table at the end", len(record.views)),
        ("views compared whenever a reader sat down again", len(record.claims)),
        ("rights ended while connected", len(record.endings)),
        (
            "longest until a post was answered again after a fault",
            f"{slowest[1]:.1f} s ({_words(slowest[0])})",
        ),
        ("largest growth of a process", f"{max(memory for _, memory, _ in record.growth):.0f} MiB"),
        ("violations of the " + f"{len(CHECKS)} checks", len(found)),
    ]
    counts = sorted(Counter(record.faults).items())
    lines = [
        KINDS[given.alone],
        "",
        f"{date.today()}, Zashiki {zashiki.__version__}, Python {platform.python_version()}, {os.cpu_count()} cores.",
        "",
        "| | |",
        "|---|---|",
        *(f"| {name} | {value} |" for name, value in rows),
        "",
        "| fault | times |",
        "|---|---|",
        *(f"| {_words(name)} | {times} |" for name, times in counts),
    ]
    if found:
        lines += ["", "### Violations", "", *(f"- {check}: {sentence}" for check, sentence in found)]
    return "\n".join(lines) + "\n"


def _words(name):
    return name.replace("_", " ")


if __name__ == "__main__":
    main()
