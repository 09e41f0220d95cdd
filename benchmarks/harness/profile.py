"""Where a Python server spends its time, by steps of a message's way; py-spy looks, several hundred times a second."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

RATE = 400  # looks per second

# The innermost frame that belongs to one of these files says which step it is.
STEPS = {
    "store it": ("zashiki/writer/", "zashiki/models/"),
    "tell other processes": ("zashiki/hub/relay", "zashiki/hub/outbox", "channels_redis/", "redis/"),
    "write to the connections": ("zashiki/hub/",),
    "show it in order": ("zashiki/stream/", "zashiki/process"),
    "render it": ("zashiki/rendering", "zashiki/markup"),
    "who is here": ("zashiki/presence",),
    "JSON": ("zashiki/wire",),
    "take the command": ("zashiki/", "uvicorn/protocols", "websockets/"),
}


def missing() -> str | None:
    """Why nobody can look, or None."""
    return None if _program() else "py-spy is not installed: pip install py-spy"


@contextmanager
def looking(pid: int, seconds: float) -> Iterator[dict[str, float]]:
    """Looks at a process for a while. The dict is filled when the block ends: seconds in Python by step.

    Time outside Python (waiting for the disk, system calls without the interpreter's lock) is in none of them.
    """
    found: dict[str, float] = {}
    with tempfile.NamedTemporaryFile(suffix=".raw") as raw:
        words = [
            "-r",
            str(RATE),
            "-d",
            str(round(seconds)),
            "--gil",
            "-f",
            "raw",
            "-o",
            raw.name,
            "-p",
            str(pid),
        ]
        looker = subprocess.Popen(
            [_program(), "record", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            yield found
            looker.wait(seconds + 10)
        finally:
            looker.kill()
            looker.wait()
        counts: Counter[str] = Counter()
        for line in Path(raw.name).read_text().splitlines():
            stack, count = line.rsplit(" ", 1)
            counts[_step(stack.split(";"))] += int(count)
        found.update({step: count / RATE for step, count in counts.items()})


def _step(stack: list[str]) -> str:
    for frame in reversed(stack):
        for step, files in STEPS.items():
            if any(f"({file}" in frame for file in files):
                return step
    return "the rest"


def _program() -> str:
    beside = Path(sys.executable).with_name("py-spy")
    return str(beside) if beside.exists() else shutil.which("py-spy") or ""
