"""The people in the tests of names."""

from tests.people.conftest import *  # noqa: F403
