"""Aiko and Ben, signed in, in rooms that are theirs alone."""

import pytest

from tests.browser.messages.message_page import MessagePage
from tests.browser.server import PATIENT


@pytest.fixture(scope="module")
def chat_server_settings():
    return PATIENT


@pytest.fixture(scope="module")
def page_class():
    return MessagePage
