"""The cast: Aiko owns the garden, Mori moderates it, Ben is a member; Olga is signed in and belongs to nothing."""

import pytest
from django.contrib.auth import get_user_model

from zashiki import members, rooms
from zashiki.models import Kind, Role


@pytest.fixture(autouse=True)
def rung(monkeypatch, db):
    """What was rung and broadcast, as (topic, payload), instead of looking for processes that do not run."""
    heard = []
    monkeypatch.setattr("zashiki.seating.ring", lambda topic, message: heard.append((topic, message)))
    monkeypatch.setattr(
        "zashiki.seating.broadcast", lambda topic, payload, **_: heard.append((topic, payload))
    )
    return heard


@pytest.fixture
def make_user(db):
    def make(name, **fields):
        return get_user_model().objects.create_user(
            name.lower(), f"{name.lower()}@example.org", "rosebud", **fields
        )

    return make


@pytest.fixture
def aiko(make_user):
    return make_user("Aiko")


@pytest.fixture
def mori(make_user):
    return make_user("Mori")


@pytest.fixture
def ben(make_user):
    return make_user("Ben")


@pytest.fixture
def olga(make_user):
    return make_user("Olga")


@pytest.fixture
def garden(aiko, mori, ben):
    """A private room."""
    room = rooms.make(aiko, "garden", kind=Kind.PRIVATE)
    members.add(room, mori, Role.MODERATOR)
    members.add(room, ben)
    return room


@pytest.fixture
def tea(aiko):
    """An open room."""
    return rooms.make(aiko, "tea")
