"""A site that tests its rooms with Django's own runner ends well on both databases, and the documents show its tests as they are."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[2]
SHOP = ROOT / "examples" / "embedded"
ON_POSTGRESQL = """
from shop.settings import *
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "site", **PLACE}}
"""


def run_tests(folder, place=None):
    """Output of ``manage.py test``, which must succeed."""
    environment = {**os.environ, "SHOP_DATABASE": str(folder / "shop.sqlite3")}
    environment["DJANGO_SETTINGS_MODULE"] = "shop.settings"
    if place is not None:
        (folder / "site_settings.py").write_text(f"PLACE = {place!r}{ON_POSTGRESQL}")
        environment |= {"DJANGO_SETTINGS_MODULE": "site_settings", "PYTHONPATH": str(folder)}
    command = [sys.executable, "-W", "error::ResourceWarning", "manage.py", "test", "--noinput", "orders"]
    found = subprocess.run(command, cwd=SHOP, env=environment, capture_output=True, text=True, timeout=100)
    assert found.returncode == 0, found.stdout + found.stderr
    return found.stderr


def test_on_sqlite(tmp_path):
    assert "Ran 2 tests" in run_tests(tmp_path)


def test_on_postgresql_nobody_else_uses_the_database(tmp_path, postgres_server):
    place = {"HOST": "127.0.0.1", "PORT": postgres_server.port, "USER": "postgres"}
    output = run_tests(tmp_path, place)
    assert "Ran 2 tests" in output
    assert "being accessed" not in output
    with psycopg.connect(postgres_server.url) as connection:
        assert not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'test_site'").fetchall()


@pytest.mark.parametrize("page", ["embedding"])
def test_the_document_shows_these_tests(page):
    assert (SHOP / "orders" / "tests.py").read_text() in (ROOT / "docs" / f"{page}.md").read_text()
