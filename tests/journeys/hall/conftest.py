"""A house with rooms in which Aiko and Ben belong."""

import pytest

from tests.journeys.hall.dweller import Dweller
from tests.journeys.house import PATIENT


@pytest.fixture(scope="module")
def house_settings():
    return PATIENT


@pytest.fixture(scope="module")
def kind():
    return Dweller


@pytest.fixture(scope="module")
def rooms(inhabited):
    """``rooms("tea", "garden")`` makes rooms to which Aiko and Ben belong."""

    def make(*names):
        inhabited.run("tests.journeys.hall.rooms", *names)

    return make
