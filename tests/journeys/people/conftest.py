"""A house with people who live there."""

import pytest

from tests.journeys.people.resident import Resident

NAMES = ("Kei", "Aiko", "Ben", "Mori", "Olga")


@pytest.fixture(scope="module")
def inhabited(house):
    house.run("tests.journeys.people.residents", *NAMES)
    return house


@pytest.fixture
def residents(inhabited, chromium):
    """``residents("aiko", "ben")``: browsers in which these have signed in; ``residents(None)`` for somebody without an account."""
    arrived = []

    def arrive(*usernames, **options):
        for username in usernames:
            resident = Resident(inhabited, chromium.new_context(**{"locale": "en", **options}))
            arrived.append(resident)
            if username:
                resident.signs_in(username)
        return arrived[-len(usernames) :] if len(usernames) > 1 else arrived[-1]

    yield arrive
    for resident in arrived:
        resident.context.close()
    assert not [fault for resident in arrived for fault in resident.faults]
