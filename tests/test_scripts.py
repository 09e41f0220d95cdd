"""Each script of bin/ works by itself on a bare machine, and a run of all tests hides nothing that passed only at the second try."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests import run_report

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = sorted(path.name for path in (ROOT / "bin").iterdir() if path.name != "environment")
TOOLS = ["sh", "cat", "cmp", "cp", "date", "dirname", "ls", "mkdir", "mktemp", "mv", "rm", "sed", "grep"]
PROGRAMS = {
    "redis-server": "redis_server|redis_url|RedisServer",
    "postgresql": "postgres_server|postgres_url|PostgresServer|postgresql://",
    "chromium": "chromium|playwright",
    "nginx": r"\bNginxServer\b",
    "systemd": r"\bsystemd-analyze\b",
    "sqlite3": r"\btest_backups_are_made\b",
    "pgbouncer": r"\bPgBouncer",
}
# What a script runs beside pytest, which needs a program by itself.
ALSO = {"soak": {"redis-server", "postgresql"}, "screenshots": {"chromium"}}
# Brings more than is tested here, when it is asked to: what is compared with.
APART = {"bench"}

STUB = """#!/bin/sh
echo "$0 $*" >> "$RECORD"
case "$0 $*" in *--last-failed*) exit 0 ;; esac
"""


@pytest.fixture
def bare(tmp_path):
    """Runs a script where nothing is installed but a shell, and returns the commands that it came to. Its environment is there already."""
    tools, system, record = tmp_path / "tools", tmp_path / "system", tmp_path / "record"
    tools.mkdir()
    for name in TOOLS:
        (tools / name).symlink_to(shutil.which(name))
    for name in ("apt-get", "fc-list"):
        executable(tools / name, STUB)
    executable(tools / "id", "#!/bin/sh\necho 0\n")

    def run(script):
        name = "server" if script == "serve" else "test"
        venv = tmp_path / "venv"
        for program in ("python", "ruff", "mypy", "lint-imports", "zashiki"):
            executable(venv / "bin" / program, STUB)
        stamp = (ROOT / f"requirements/{name}.lock.txt").read_text() + (ROOT / "pyproject.toml").read_text()
        (venv / f".{name}.lock").write_text(stamp)
        executable(tools / "python3", "#!/bin/sh\nexit 0\n")
        env = {
            "PATH": str(tools),
            "SYSTEM": str(system),
            "RECORD": str(record),
            "VENV": str(venv),
            "TMPDIR": str(tmp_path),
            "HOME": str(tmp_path),
        }
        subprocess.run(
            [ROOT / "bin" / script], env=env, capture_output=True, text=True, timeout=60, cwd=tmp_path
        )
        return record.read_text().splitlines() if record.exists() else []

    return run


def executable(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def brought(commands):
    """Debian's packages, and the commands that came before they were there."""
    at = next((i for i, line in enumerate(commands) if "apt-get install" in line), None)
    if at is None:
        return set(), commands
    return {word for word in commands[at].split()[2:] if not word.startswith("-")}, commands[:at]


def needed(script):
    """Packages that the test files need which a script runs with pytest."""
    text = (ROOT / "bin" / script).read_text().replace("\\\n", " ")
    found = set(ALSO.get(script, ()))
    for command in re.findall(r"-m pytest (.*)", text):
        for path in files_of(command, text):
            found |= {package for package, word in PROGRAMS.items() if re.search(word, path.read_text())}
    return found


def files_of(command, script):
    named = re.findall(r"tests/[\w./-]+", command)
    left_out = re.findall(r"--ignore (tests/[\w./]+)", script)
    if "--ignore" not in command and named:
        return [ROOT / name for name in named]
    files = [*ROOT.glob("tests/**/test_*.py"), *ROOT.glob("tests/**/conftest.py")]
    kept = [path for path in files if not any(path.is_relative_to(ROOT / folder) for folder in left_out)]
    # What every test may ask for says nothing about those that do.
    return [path for path in kept if path not in {ROOT / "tests/conftest.py", Path(__file__)}]


@pytest.mark.parametrize("script", [name for name in SCRIPTS if name not in APART])
def test_a_script_brings_what_it_needs_before_anything_else(bare, script):
    packages, before = brought(bare(script))
    assert needed(script) <= packages
    assert not [line for line in before if " -m pytest" in line]


def test_the_run_of_everything_names_each_step_by_a_script_or_a_tool():
    """So that each step brings what it needs by itself, whatever ran before it."""
    steps = re.findall(r'^step "[^"]+" (\S+)', (ROOT / "bin/ci").read_text(), re.MULTILINE)
    for step in steps:
        assert (
            step.strip('"').startswith(("$venv/bin/", "bin/"))
            or f"\n{step}() {{" in (ROOT / "bin/ci").read_text()
        ), step


def test_what_passed_only_when_tried_again_is_remembered_and_fails_the_next_time(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(run_report, "FLAKY", tmp_path / "flaky.txt")
    monkeypatch.setattr(run_report.note, "__defaults__", (tmp_path / "flaky.txt",))
    cache = tmp_path / "failed" / "v" / "cache"
    cache.mkdir(parents=True)
    (cache / "lastfailed").write_text(
        json.dumps({"tests/test_x.py::test_a[1]": True, "tests/test_x.py::test_a[2]": True})
    )
    assert run_report.main("flaky", str(tmp_path / "failed")) == 0
    assert "passed only when tried again: tests/test_x.py::test_a" in capsys.readouterr().out
    assert run_report.main("flaky", str(tmp_path / "failed")) == 1
    assert "has to be mended: tests/test_x.py::test_a" in capsys.readouterr().out


def test_tests_that_are_remembered_exist():
    for name in run_report.FLAKY.read_text().split():
        file, _, test = name.partition("::")
        assert re.search(rf"def {test.rpartition('::')[2]}\b", (ROOT / file).read_text()), (
            f"{name} is gone: take it out of tests/flaky.txt"
        )


def test_the_slowest_are_named(tmp_path):
    report = tmp_path / "junit.xml"
    report.write_text(
        '<testsuites><testsuite><testcase classname="tests.a" name="one" time="2"/>'
        '<testcase classname="tests.a" name="two" time="1.5"/></testsuite></testsuites>'
    )
    assert [line.split() for line in run_report.slowest(report)][:2] == [
        ["3.5", "s", "tests.a"],
        ["2.0", "s", "tests.a::one"],
    ]


@pytest.mark.parametrize("script", [*SCRIPTS, "environment"])
def test_a_script_is_valid(script):
    subprocess.run(["sh", "-n", ROOT / "bin" / script], check=True, env=os.environ)
