"""The people in the tests of rooms."""

from tests.people.conftest import *  # noqa: F403
