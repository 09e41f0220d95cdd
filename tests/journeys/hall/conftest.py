"""A house with rooms in which Aiko and Ben belong."""

import pytest

from tests.journeys.conftest import WIDE
from tests.journeys.hall.dweller import Dweller
from tests.journeys.house import House


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("hall"))
    house.run("tests.journeys.people.residents", "Kei", "Aiko", "Ben")
    yield house
    house.stop()


@pytest.fixture(scope="module")
def signed_in(house, chromium):
    """``signed_in("aiko")``: the cookies of somebody who has signed in, once for all journeys of a module."""
    known = {}

    def cookies(username):
        if username not in known:
            dweller = Dweller(house, chromium.new_context(locale="en"))
            dweller.signs_in(username)
            known[username] = dweller.context.storage_state()
            dweller.context.close()
        return known[username]

    return cookies


@pytest.fixture
def at(house, chromium, signed_in):
    """``at("tea", "aiko")``: a browser in which Aiko has opened the room. Nobody may meet a fault in the page."""
    arrived = []

    def arrive(room_name, username, **options):
        options = {"viewport": WIDE, "locale": "en", "storage_state": signed_in(username), **options}
        arrived.append(Dweller(house, chromium.new_context(**options)))
        return arrived[-1].comes_to(room_name)

    yield arrive
    faults = [fault for dweller in arrived for fault in dweller.faults]
    for dweller in arrived:
        dweller.context.close()
    assert not faults


@pytest.fixture(scope="module")
def rooms(house):
    """``rooms("tea", "garden")`` makes rooms to which Aiko and Ben belong."""

    def make(*names):
        house.run("tests.journeys.hall.rooms", *names)

    return make
