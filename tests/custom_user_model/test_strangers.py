"""Rooms, people and messages once more, where accounts have a UUID for a key and no name of Django's."""

import subprocess
import sys

COVERED = [
    "tests/people/test_pages.py",
    "tests/rooms/test_members.py",
    "tests/people/test_live.py",
    "tests/messages",
]


def test_accounts_may_be_unlike_djangos():
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:xdist",
        "--ds",
        "tests.custom_user_model.settings",
        *COVERED,
    ]
    found = subprocess.run(command, capture_output=True, text=True, timeout=170)
    assert found.returncode == 0, found.stdout[-6000:] + found.stderr[-2000:]
