"""`pip install zashiki` alone brings the app; whoever starts the server then is told in one sentence what is missing."""

import os
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

import zashiki
from zashiki.requirements import requirements


def without_extras(name, seen):
    """Names of a package and of all that it needs without its extras."""
    try:
        lines = distribution(name).requires or []
    except PackageNotFoundError:  # of another system or Python
        return seen
    seen.add(name)
    for line in lines:
        needed = re.match(r"[\w.-]+", line)[0].lower().replace("_", "-")
        if "extra ==" not in line and needed not in seen:
            without_extras(needed, seen)
    return seen


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder with exactly what `pip install zashiki` brings, as links to what is installed here."""
    folder = tmp_path_factory.mktemp("installed")
    for name in without_extras("zashiki", set()):
        found = distribution(name)
        for top in {file.parts[0] for file in found.files if file.parts[0] not in {"..", "__pycache__"}}:
            if not (folder / top).exists():
                (folder / top).symlink_to(found.locate_file(top))
    (folder / "zashiki").symlink_to(Path(zashiki.__file__).parent)
    return folder


def run(installed, folder, *words):
    command = [sys.executable, "-S", "-m", "zashiki.server.cli", *words]
    env = {"PYTHONPATH": str(installed), "PATH": os.environ["PATH"], "ZASHIKI_DATA_DIR": str(folder / "data")}
    return subprocess.run(command, env=env, cwd=folder, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize(
    "words",
    [["serve"], ["serve", "--database", "postgresql://h/n", "--redis", "redis://r"], ["manage", "check"]],
)
def test_the_server_says_in_one_sentence_what_is_missing(installed, tmp_path, words):
    done = run(installed, tmp_path, *words)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1 and '"zashiki[server]"' in done.stderr
    for each in requirements():
        if each.extra == "server" and each.name != "asgiref":  # which Django brings
            assert each.name in done.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    "words", [[], ["--help"], ["--version"], ["settings"], ["serve", "--help"], ["health", "--port", "9"]]
)
def test_what_needs_no_server_works(installed, tmp_path, words):
    done = run(installed, tmp_path, *words)
    assert "Traceback" not in done.stderr and done.stdout
