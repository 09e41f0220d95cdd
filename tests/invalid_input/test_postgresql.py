"""The same nonsense on PostgreSQL, which refuses more than SQLite: NUL in texts and in JSON, integers over 64 bits."""

import pytest

from tests.support.postgres_rerun import assert_passes_on_postgresql

PATIENCE = 280  # seconds


@pytest.mark.timeout(PATIENCE + 20)
@pytest.mark.parametrize("file", ["test_commands.py", "test_pages.py"])
def test_nonsense_is_refused_on_postgresql(file, postgres_url):
    assert_passes_on_postgresql(postgres_url, f"tests/invalid_input/{file}", patience=PATIENCE)
