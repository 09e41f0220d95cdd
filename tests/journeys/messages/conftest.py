"""Aiko and Ben, signed in, in rooms that are theirs alone."""

import pytest

from tests.journeys.house import PATIENT
from tests.journeys.messages.writer import Writer


@pytest.fixture(scope="module")
def house_settings():
    return PATIENT


@pytest.fixture(scope="module")
def kind():
    return Writer
