"""Furnish a chat_server to be looked at: ``python -m tests.browser.screenshots.furnish <file>``, which gets the token of an invitation."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import django

NOW = datetime(2026, 4, 9, 18, 12, tzinfo=UTC)

if __name__ == "__main__":
    django.setup()
    from tests.browser.screenshots.furniture import furnish

    Path(sys.argv[1]).write_text(furnish())
