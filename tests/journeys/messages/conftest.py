"""Aiko and Ben, signed in, in rooms that are theirs alone."""

import pytest

from tests.journeys.house import House
from tests.journeys.messages.writer import Writer


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("messages"))
    house.run("tests.journeys.people.residents", "Aiko", "Ben")
    yield house
    house.stop()


@pytest.fixture(scope="module")
def kind():
    return Writer
