"""Seed the server that is photographed: ``python -m tests.browser.screenshots.seed_server <file>``, which receives the token of an invitation."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import django

NOW = datetime(2026, 4, 9, 18, 12, tzinfo=UTC)

if __name__ == "__main__":
    django.setup()
    from tests.browser.screenshots.seed_data import seed_server

    Path(sys.argv[1]).write_text(seed_server())
