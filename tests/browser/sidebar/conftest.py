"""A chat_server with rooms in which Aiko and Ben belong."""

import pytest

from tests.browser.server import PATIENT
from tests.browser.sidebar.dweller import Dweller


@pytest.fixture(scope="module")
def chat_server_settings():
    return PATIENT


@pytest.fixture(scope="module")
def kind():
    return Dweller


@pytest.fixture(scope="module")
def rooms(inhabited):
    """``rooms("tea", "garden")`` makes rooms to which Aiko and Ben belong."""

    def make(*names):
        inhabited.run("tests.browser.sidebar.rooms", *names)

    return make
