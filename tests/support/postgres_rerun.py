"""Tests once more, in a process of their own that has PostgreSQL as its database."""

import os
import subprocess
import sys


def assert_passes_on_postgresql(url, *words, patience):
    """
    Args:
        url: of an empty database.
        words: pytest's.
        patience: seconds.
    """
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", *words]
    env = {**os.environ, "ZASHIKI_TEST_DATABASE": url}
    found = subprocess.run(command, env=env, capture_output=True, text=True, timeout=patience)
    assert found.returncode == 0, found.stdout[-6000:] + found.stderr[-2000:]
