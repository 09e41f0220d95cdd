"""Aiko and Ben, signed in, in rooms that are theirs alone."""

import pytest

from tests.browser.messages.writer import Writer
from tests.browser.server import PATIENT


@pytest.fixture(scope="module")
def chat_server_settings():
    return PATIENT


@pytest.fixture(scope="module")
def kind():
    return Writer
