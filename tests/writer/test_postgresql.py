"""The same promises on PostgreSQL: the tests of the writer and the feed once more, in a process that has it as its database."""

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "words",
    [
        [
            "tests/writer/test_queue.py",
            "tests/writer/test_direct.py",
            "tests/writer/test_reading.py",
            "tests/writer/test_locks.py",
        ],
        ["tests/feed/test_any_interleaving.py"],
    ],
    ids=["writer", "feed"],
)
def test_the_promises_hold_on_postgresql(words, postgres_url):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", *words]
    env = {**os.environ, "ZASHIKI_TEST_DATABASE": postgres_url}
    found = subprocess.run(command, env=env, capture_output=True, text=True, timeout=150)
    assert found.returncode == 0, found.stdout[-6000:] + found.stderr[-2000:]
