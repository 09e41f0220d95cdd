"""What a figure was measured on, without which it says nothing."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
import resource
import subprocess
import sys
from pathlib import Path

PACKAGES = (
    "Django",
    "channels",
    "channels_redis",
    "redis",
    "hiredis",
    "daphne",
    "uvicorn",
    "uvloop",
    "httptools",
    "websockets",
)
PROGRAMS = {
    "node": ["--version"],
    "go": ["version"],
    "nginx": ["-v"],
    "redis-server": ["--version"],
    "postgres": ["--version"],
    "cc": ["--version"],
}


def machine() -> dict[str, str]:
    """Processor, cores, memory, kernel and load of this machine, each as a short text."""
    cpuinfo = Path("/proc/cpuinfo").read_text()
    model = re.search(r"model name\s*: (.*)", cpuinfo)
    memory = re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())
    return {
        "processor": model.group(1) if model else platform.machine(),
        "cores": str(os.cpu_count()),
        "memory": f"{int(memory.group(1)) / 2**20:.0f} GiB" if memory else "?",
        "kernel": platform.release(),
        "load before": f"{os.getloadavg()[0]:.1f}",
    }


def versions() -> dict[str, str]:
    """Versions of everything that may take part; what is missing is called so."""
    found = {"Python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            found[package] = "missing"
    return found | {name: _program(name, words) for name, words in PROGRAMS.items()}


def command() -> str:
    """The command that repeats this run."""
    script = Path(sys.argv[0]).stem
    return " ".join(["bin/bench", script, *sys.argv[1:]])


def raise_file_limit(wanted: int = 20_000) -> None:
    """Lets this process and those it starts open that many files.

    Raises:
        ValueError: the system does not allow it.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < wanted:
        raise ValueError(f"open files are limited to {hard}; the benchmark needs {wanted} (ulimit -Hn)")
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _program(name: str, words: list[str]) -> str:
    try:
        done = subprocess.run([name, *words], capture_output=True, text=True, timeout=10)
    except OSError:
        return "missing"
    version = re.search(r"\d+\.\d+(\.\d+)?", done.stdout + done.stderr)
    return version.group() if version else "?"
