"""The same nonsense on PostgreSQL, which refuses more than SQLite: NUL in texts and in JSON, integers over 64 bits."""

import os
import subprocess
import sys

import pytest

PATIENCE = 280  # seconds


@pytest.mark.timeout(PATIENCE + 20)
@pytest.mark.parametrize("file", ["test_commands.py", "test_pages.py"])
def test_nonsense_is_refused_on_postgresql(file, postgres_url):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", f"tests/hostile/{file}"]
    env = {**os.environ, "ZASHIKI_TEST_DATABASE": postgres_url}
    found = subprocess.run(command, env=env, capture_output=True, text=True, timeout=PATIENCE)
    assert found.returncode == 0, found.stdout[-6000:] + found.stderr[-2000:]
