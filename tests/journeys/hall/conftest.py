"""A house with rooms in which Aiko and Ben belong."""

import pytest

from tests.journeys.hall.dweller import Dweller
from tests.journeys.house import House


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("hall"))
    house.run("tests.journeys.people.residents", "Kei", "Aiko", "Ben")
    yield house
    house.stop()


@pytest.fixture(scope="module")
def kind():
    return Dweller


@pytest.fixture(scope="module")
def rooms(house):
    """``rooms("tea", "garden")`` makes rooms to which Aiko and Ben belong."""

    def make(*names):
        house.run("tests.journeys.hall.rooms", *names)

    return make
