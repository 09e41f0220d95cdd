"""The shell lines of README.md and of the pages about programs of this repository, run."""

import re

import pytest

from tests.docs.blocks import ROOT, block
from tests.docs.shell import Machine, Repository, scratch_environment
from tests.server.talking import subscription, talk
from tests.support.servers import Process, ZashikiServer

PAGES = pytest.mark.parametrize("page", ["README.md", "README.ja.md"])


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """An environment that has what the locks name, as `bin/serve` would leave it behind."""
    folder = scratch_environment(tmp_path_factory.mktemp("environment") / "venv")
    (folder / "bin/zashiki").write_text(f'#!/bin/sh\nexec {folder}/bin/python -m zashiki.server.cli "$@"\n')
    (folder / "bin/zashiki").chmod(0o755)
    lock = (ROOT / "requirements/server.lock.txt").read_text() + (ROOT / "pyproject.toml").read_text()
    (folder / ".server.lock").write_text(lock)
    return folder


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    server = Repository(tmp_path_factory.mktemp("repository")).start()
    yield server.url
    server.stop()


@pytest.fixture
def run(environment, folder, repository):
    """Runs lines that end in a server; returns the server when it answers."""
    started = []

    def start(text, **env):
        server = ZashikiServer(folder)
        env = {"REPOSITORY": repository, "VENV": environment, "ZASHIKI_PORT": server.port, **env}
        machine = Machine(folder, {name: str(value) for name, value in env.items()})
        machine.env["PATH"] = f"{environment}/bin:{machine.env['PATH']}"
        process = Process(["sh", "-c", machine.script(text)], folder / "log", machine.env, folder)
        process.environment.pop("DJANGO_SETTINGS_MODULE", None)
        process.answers = server.answers
        started.append(process)
        process.spawn()
        process.wait_until(process.answers, 120)
        return server

    yield start
    for process in started:
        if process.is_running:
            process.kill()


def people_talk(server):
    with subscription(server, "雑談") as aiko, subscription(server, "雑談") as bela:
        talk(aiko, bela)


@PAGES
def test_a_clone_serves(page, run, folder):
    people_talk(run(block(page, "bin/serve")))
    assert (folder / "zashiki/data/zashiki.sqlite3").exists()


@PAGES
def test_the_package_serves_in_any_folder(page, run, folder):
    people_talk(run(block(page, "pip install")))
    assert (folder / "data/zashiki.sqlite3").exists()


@PAGES
def test_it_grows(page, run, postgres_url, redis_url):
    people_talk(run(block(page, "--workers 4"), DATABASE=postgres_url, REDIS=redis_url))


def test_a_site_installs_the_package_without_the_server(environment, folder, repository):
    machine = Machine(folder, {"REPOSITORY": repository})
    machine.env["PATH"] = f"{environment}/bin:{machine.env['PATH']}"
    machine.run(block("docs/embedding.md", "pip install"))
    found = machine.run(f"{environment}/bin/python -c 'import zashiki; print(zashiki.__file__)'")
    assert str(environment) in found


@pytest.mark.parametrize(
    ("page", "words"), [("docs/compliance.md", "bin/compliance"), ("docs/benchmarks.md", "bin/bench")]
)
def test_programs_that_take_long_exist_and_know_their_words(page, words):
    """The lines themselves take minutes: `bin/ci` runs the quick ones."""
    for line in block(page, words).splitlines():
        if found := re.match(r"(bin/[\w-]+)(?: +(--?\w+|\w+))?  ", line):
            program, word = found.groups()
            text = (ROOT / program).read_text()
            assert word is None or word in text or (ROOT / f"benchmarks/{word}.py").exists(), line


def test_the_layers_of_the_architecture_are_those_that_are_checked():
    checked = re.search(r"layers = \[\n(.*?)\]", (ROOT / "pyproject.toml").read_text(), re.DOTALL)[1]
    rows = [re.findall(r"\w+", row) for row in re.findall(r'"([^"]+)"', checked)]
    shown = [line.split() for line in block("docs/architecture.md", "urls  templatetags").splitlines()]
    assert shown == [[name for name in row if name != "api"] for row in rows]


def test_every_place_of_the_map_of_the_architecture_is_there():
    text = block("docs/architecture.md", "src/zashiki/\n")
    for name in re.findall(r"^  ([\w/.]+)", text, re.MULTILINE):
        assert (ROOT / "src/zashiki" / name).exists(), name


def test_every_package_is_in_the_map_of_the_architecture():
    shown = re.findall(r"^  (\w+)/", block("docs/architecture.md", "src/zashiki/\n"), re.MULTILINE)
    packages = {
        path.name
        for path in (ROOT / "src/zashiki").iterdir()
        if path.is_dir() and any(path.glob("[!_.]*")) and path.name != "__pycache__"
    }
    assert packages - {"management", "migrations"} == set(shown)


def test_every_file_that_the_architecture_names_is_there():
    named = re.findall(r"`([\w/]+\.(?:py|js))`", (ROOT / "docs/architecture.md").read_text())
    assert len(named) > 30
    assert [name for name in named if not (ROOT / "src/zashiki" / name).exists()] == []
