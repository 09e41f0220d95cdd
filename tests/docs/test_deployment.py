"""docs/deployment.md, run: the service, its backups, its upgrades, its log."""

import configparser
import os
import re
import shlex
import shutil
import sqlite3
import stat
import subprocess
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.docs.blocks import ROOT, block
from tests.docs.shell import Machine, scratch_environment
from tests.server.browser import make_owner
from tests.server.talking import subscription, talk
from tests.support.servers import ZashikiServer

PAGE = "docs/deployment.md"


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    """A folder that is a machine: its /opt, /etc, /usr/local/src, /var/lib and /backup."""
    folder = tmp_path_factory.mktemp("machine")
    for name in ("opt", "etc", "backup", "var/lib/zashiki", "usr/local/src"):
        (folder / name).mkdir(parents=True)
    for name in ("passwd", "group", "shadow"):
        (folder / "etc" / name).touch()
    scratch_environment(folder / "opt/zashiki")  # `python3 -m venv` finds it there and leaves what is in it
    places = {
        "/opt/zashiki": folder / "opt/zashiki",
        "/usr/local/src/zashiki": folder / "usr/local/src/zashiki",
        "/var/lib/zashiki": folder / "var/lib/zashiki",
        "/backup/": f"{folder}/backup/",
    }
    useradd = shutil.which("useradd") or "/usr/sbin/useradd"
    functions = {
        "useradd": f'{useradd} --prefix "{folder}" "$@"',
        "systemctl": f'echo "$1 $2" >> "{folder}/systemctl"',
        "python3": f'"{folder}/opt/zashiki/bin/python" "$@"',
    }
    env = {"REPOSITORY": str(ROOT)}
    return Machine(folder, env, functions, places)


@pytest.fixture(scope="module")
def installed(machine):
    """The machine after the lines that install the service."""
    machine.run(block(PAGE, "useradd --system"))
    return machine


def unit(machine):
    """The unit's section of the service, and its environment."""
    text = machine.placed(block(PAGE, "ExecStart="))
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read_string(text)
    return parser["Service"], dict(re.findall(r"^Environment=(\w+)=(.*)$", text, re.MULTILINE))


def test_the_service_is_installed_and_has_an_account(installed):
    assert "zashiki:" in (installed.folder / "etc/passwd").read_text()
    found = installed.run(
        "/opt/zashiki/bin/zashiki --version; /opt/zashiki/bin/python -c 'import zashiki; print(zashiki.__file__)'"
    )
    assert str(installed.folder / "opt/zashiki") in found


def test_systemd_understands_the_unit(installed, tmp_path):
    verify = shutil.which("systemd-analyze")
    assert verify, "systemd is not installed; bin/test installs it on Debian"
    path = tmp_path / "zashiki.service"
    path.write_text(installed.placed(block(PAGE, "ExecStart=")))
    done = subprocess.run([verify, "verify", "--man=no", path], capture_output=True, text=True, timeout=60)
    complaints = [line for line in done.stderr.splitlines() if "zashiki.service" in line]
    assert not [
        line
        for line in complaints
        if "Unknown" in line or "Failed to parse" in line or "not executable" in line
    ], complaints


def test_the_unit_serves_behind_its_proxy_and_stops_in_time(installed):
    service, environment = unit(installed)
    data = Path(environment["ZASHIKI_DATA_DIR"])
    command = shlex.split(service["ExecStart"])
    server = ZashikiServer(data, command=command, env={**environment, "PYTHONPATH": None})
    previous = os.umask(int(service["UMask"], 8))
    try:
        server.start()
    finally:
        os.umask(previous)
    headers = {"Host": "chat.example.org", "X-Forwarded-Proto": "https"}
    assert server.get("/chat/lobby/", **headers)[0] == 200
    server.terminate()
    assert int(service["TimeoutStopSec"]) >= 15
    assert stat.S_IMODE((data / "zashiki.sqlite3").stat().st_mode) == 0o600


def test_an_upgrade_takes_what_is_new_in_the_clone(installed):
    (installed.folder / "systemctl").write_text("")
    installed.run(block(PAGE, "pip install --upgrade"))
    assert (installed.folder / "systemctl").read_text() == "restart zashiki\n"


@pytest.fixture
def filled(installed, postgres_url):
    """A PostgreSQL database and an SQLite one in which somebody has moved in."""
    data = installed.folder / "var/lib/zashiki"
    for options in ([], ["--database", postgres_url]):
        server = ZashikiServer(data, *options).start()
        with subscription(server, "tea") as aiko, subscription(server, "tea") as bela:
            talk(aiko, bela)
        make_owner(server)
        server.stop()
    installed.env["ZASHIKI_DATABASE_URL"] = postgres_url
    installed.env["ZASHIKI_DATA_DIR"] = str(data)
    return postgres_url


def test_backups_are_made_and_restored(installed, filled):
    installed.run(block(PAGE, '".backup '))
    backups = [installed.folder / "backup" / name for name in ("zashiki.sqlite3", "zashiki.dump")]
    for path in backups:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with closing(sqlite3.connect(backups[0])) as database:
        assert database.execute("SELECT count(*) FROM zashiki_message").fetchone() == (2,)
    before = epoch(filled)
    installed.run(block(PAGE, "pg_restore"))
    assert epoch(filled) != before
    server = ZashikiServer(installed.folder / "var/lib/zashiki", "--database", filled).start()
    assert "good morning" in server.get("/chat/tea/")[2]
    server.stop()


def epoch(url):
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT epoch FROM zashiki_systemstate").fetchone()[0]


def test_the_log_looks_as_it_is_shown(serve):
    server = serve()
    with subscription(server, "雑談") as aiko:
        aiko.says("for nobody else")
        aiko.hears("for nobody else")
    server.get("/chat/%E9%9B%91%E8%AB%87/")
    server.wait_until(lambda: " closed " in server.output and "GET /chat/雑談/" in server.output, 10)
    real = [shape(line) for line in server.output.splitlines()]
    for line in block(PAGE, "SOCKET /ws/").splitlines():
        assert shape(line) in real, line


def shape(line):
    """A line of the log without what differs from one to the next."""
    line = re.sub(r"/ws/\S+", "/ws/", re.sub(r"([uv][0-9a-f]+|-) 127", "who 127", line))
    return re.sub(r"\d+", "0", line)
