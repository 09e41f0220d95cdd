"""Journeys: real servers, a real browser, people who talk."""

import itertools

import pytest

from tests.journeys.guest import Guest
from tests.journeys.house import House

WIDE = {"width": 1280, "height": 800}
NARROW = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("house"))
    yield house
    house.stop()


@pytest.fixture
def guests(house, chromium):
    """Invite a guest: ``guests()``, with Playwright's options of a browser context. Nobody may meet a fault in the page."""
    invited = []

    def invite(**options):
        invited.append(Guest(house, chromium.new_context(**{"viewport": WIDE, "locale": "en", **options})))
        return invited[-1]

    yield invite
    faults = list(itertools.chain.from_iterable(guest.faults for guest in invited))
    for guest in invited:
        guest.context.close()
    assert not faults


@pytest.fixture
def aiko_and_ben(guests):
    """Two people in two browsers who have told their names in the room "tea"."""
    return guests().enters("tea", "Aiko"), guests().enters("tea", "Ben")
