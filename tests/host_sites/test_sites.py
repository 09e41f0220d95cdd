"""A site of any shape: every page from the table of addresses and every command from the table of the wire, on each site of the matrix."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.host_sites.converse import commands
from tests.host_sites.sites import POOLED, SITES
from tests.host_sites.visit import STEPS, names_of_pages
from zashiki import wire

ROOT = Path(__file__).resolve().parents[2]


def test_no_page_is_left_out():
    assert {step.page for step in STEPS} - {"logout"} == names_of_pages()


def test_no_command_is_left_out():
    assert {command for _, command in commands()} == set(wire.COMMANDS)


@pytest.mark.parametrize("site", SITES)
def test_everything_works_on_a_site_with(site, tmp_path):
    drive(site, tmp_path)


@pytest.mark.parametrize("site", POOLED)
def test_everything_works_behind_pgbouncer_on_a_site_with(site, tmp_path, postgres_url, pgbouncer):
    drive(site, tmp_path, ZASHIKI_TEST_DATABASE=pgbouncer.through(postgres_url))


def drive(site, folder, **more):
    environment = {**os.environ, "ZASHIKI_TEST_SITE": site, "ZASHIKI_TEST_FOLDER": str(folder), **more}
    environment["DJANGO_SETTINGS_MODULE"] = "tests.host_sites.settings"
    command = [sys.executable, "-m", "tests.host_sites.drive"]
    found = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    assert found.returncode == 0, found.stdout + found.stderr[-4000:]
    assert "Traceback" not in found.stderr, found.stderr[-6000:]
