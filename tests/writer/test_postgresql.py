"""The same promises on PostgreSQL: the tests of the writer and the feed once more, in a process that has it as its database."""

import pytest

from tests.again import assert_passes_on_postgresql


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
    assert_passes_on_postgresql(postgres_url, *words, patience=150)
