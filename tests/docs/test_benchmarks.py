"""The benchmarks say what the product understands: a renamed module or command would show only in the next measurement."""

import re
from pathlib import Path

from zashiki import wire

ROOT = Path(__file__).resolve().parents[2]
BENCHMARKS = ROOT / "benchmarks"
SCRIPTS = sorted(path.stem for path in BENCHMARKS.glob("*.py"))
COMMANDS = {command.__struct_config__.tag for command in wire.COMMANDS}
COMMAND = re.compile(r'\{\\?"type\\?": ?\\?"(\w+)\\?", ?\\?"ref')


def test_every_report_has_the_name_of_its_script():
    for name in SCRIPTS:
        [reported] = re.findall(r'Report\(\s*"(\w+)"', (BENCHMARKS / f"{name}.py").read_text())
        assert reported == name


def test_the_page_names_scripts_that_exist():
    page = (ROOT / "docs" / "benchmarks.md").read_text()
    named = set(re.findall(r"^## .*\(`(\w+)`\)", page, re.M))
    assert named and named <= set(SCRIPTS)


def test_the_load_sends_commands_of_the_wire():
    sent = {path.name: COMMAND.findall(path.read_text()) for path in (BENCHMARKS / "load").glob("*.c")}
    assert sum(map(len, sent.values())) >= 4
    for name, commands in sent.items():
        assert set(commands) <= COMMANDS, name


def test_every_server_that_is_measured_has_its_module():
    sources = "".join(path.read_text() for path in (BENCHMARKS / "harness").glob("*.py"))
    modules = set(re.findall(r'\b(?:uvicorn|_daphne)\("(\w+)"', sources))
    assert {"zashiki_hub", "channels_tutorial", "channels_tutorial_stored"} <= modules
    for module in modules:
        assert (BENCHMARKS / "peers" / f"{module}.py").exists(), module
