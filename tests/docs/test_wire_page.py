"""docs/wire.md names every command, field and event that there is, and no other."""

import re
from pathlib import Path

from zashiki import wire
from zashiki.errors import ZashikiError
from zashiki.models import Message

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "wire.md").read_text()


def section(title):
    return re.search(rf"^### {title}\n(.*?)(?=^##)", PAGE + "\n##", re.DOTALL | re.MULTILINE)[1]


def rows(title):
    """The cells of each row of the tables in a section, without their heads."""
    lines = [line.strip("|").split("|") for line in section(title).splitlines() if line.startswith("| `")]
    return {cells[0].strip(" `"): cells[1] for cells in lines}


def test_every_command_is_there_with_its_fields():
    documented = {
        name: set(re.findall(r"`([a-z_]+)`", cell)) - {"null"} for name, cell in rows("Commands").items()
    }
    existing = {
        command.__struct_config__.tag: set(command.__struct_fields__) - {"ref"} for command in wire.COMMANDS
    }
    assert documented == existing


def test_every_event_is_there():
    assert rows("Events").keys() == wire.EVENTS


def test_every_code_is_there():
    assert rows("Codes").keys() == {
        refusal.code for refusal in ZashikiError.__subclasses__() if refusal.__module__ == "zashiki.errors"
    }


def test_every_field_of_a_message_is_there():
    shown = re.search(r"```json\n(.*?)```", section("A message"), re.DOTALL)[1]
    fields = Message(posted_at=None).state().keys()
    assert [field for field in fields if f'"{field}":' not in shown] == []
