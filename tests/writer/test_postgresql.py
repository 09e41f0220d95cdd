"""The same promises on PostgreSQL: the tests of the writer and the stream once more, in a process that has it as its database."""

import pytest

from tests.support.postgres_rerun import assert_passes_on_postgresql


@pytest.mark.parametrize(
    "words",
    [
        [
            "tests/writer/test_writer.py",
            "tests/writer/test_sync.py",
            "tests/writer/test_reading.py",
            "tests/writer/test_locks.py",
        ],
        ["tests/streams/test_any_interleaving.py"],
    ],
    ids=["writer", "stream"],
)
def test_the_promises_hold_on_postgresql(words, postgres_url):
    assert_passes_on_postgresql(postgres_url, *words, patience=150)
