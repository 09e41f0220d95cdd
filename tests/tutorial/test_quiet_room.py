"""A room in which nobody speaks for ten seconds. All of them wait at the same time."""

import time
from contextlib import ExitStack

import pytest

from tests.tutorial.talker import talkers
from tests.tutorial.test_consumers import LAYERS, ORDINARY_CONSUMERS, ROOM_CONSUMERS

QUIET = 10  # seconds


@pytest.fixture(scope="module")
def after_a_while(projects):
    """Two people in each of the rooms, or one in each room of the impatient site; nobody has said anything yet."""
    with ExitStack() as stack:
        rooms = {}
        for name, project in projects.items():
            careless = name == "impatient"
            hosts = project.hosts if careless else (project.hosts * 2)[:2]
            for consumer in ORDINARY_CONSUMERS if careless else ROOM_CONSUMERS:
                path = f"/ws/{consumer}/quiet_{consumer}_{name}/"
                rooms[name, consumer] = stack.enter_context(talkers(*hosts, path=path))
        time.sleep(QUIET)
        yield rooms


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("consumer", ROOM_CONSUMERS)
def test_a_quiet_room_wakes_up(after_a_while, layer, consumer):
    aiko, bela = after_a_while[layer, consumer]
    aiko.says("still there?")
    for talker in (aiko, bela):
        talker.hears("still there?")


@pytest.mark.parametrize("consumer", ORDINARY_CONSUMERS)
def test_the_core_layer_as_it_comes_loses_everybody(after_a_while, consumer):
    """The trap that the example, the system check and the documentation warn of.

    One consumer of a process waits on behalf of all; it dies after five seconds, and the next one waits in its place.
    """
    (aiko,) = after_a_while["impatient", consumer]
    assert aiko.is_cut_off() in {1006, 1011}


def test_the_trap_is_told_by_the_system_check(projects):
    assert "zashiki.E003" in projects["impatient"].manage("check")
    assert "zashiki.E003" not in projects["core"].manage("check")
