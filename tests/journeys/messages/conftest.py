"""Aiko and Ben, signed in, in rooms that are theirs alone."""

import pytest

from tests.journeys.messages.writer import Writer


@pytest.fixture(scope="module")
def kind():
    return Writer
