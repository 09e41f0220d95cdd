"""A chat_server with rooms in which Aiko and Ben belong."""

import pytest

from tests.browser.server import PATIENT
from tests.browser.sidebar.sidebar_page import SidebarPage


@pytest.fixture(scope="module")
def chat_server_settings():
    return PATIENT


@pytest.fixture(scope="module")
def page_class():
    return SidebarPage


@pytest.fixture(scope="module")
def rooms(server_with_accounts):
    """``rooms("tea", "garden")`` makes rooms to which Aiko and Ben belong."""

    def make(*names):
        server_with_accounts.run("tests.browser.sidebar.seed_rooms", *names)

    return make
