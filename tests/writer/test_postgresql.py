"""The same promises on PostgreSQL: the tests of the writer and the feed once more, in a process that has it as its database."""

import os
import subprocess
import sys


def test_the_writer_and_the_feed_keep_their_promises_on_postgresql(postgres_url):
    files = ["tests/writer/test_queue.py", "tests/writer/test_direct.py", "tests/feed"]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:randomly", *files]
    env = {**os.environ, "ZASHIKI_TEST_DATABASE": postgres_url}
    found = subprocess.run(command, env=env, capture_output=True, text=True, timeout=150)
    assert found.returncode == 0, found.stdout[-6000:] + found.stderr[-2000:]
