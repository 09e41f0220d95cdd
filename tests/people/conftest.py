"""The cast: Aiko owns the garden, Mori moderates it, Ben is a member; Olga is signed in and belongs to nothing."""

import pytest
from django.contrib.auth import get_user_model

from zashiki.models import Kind, Role
from zashiki.rooms import actions as room_actions
from zashiki.rooms import members


@pytest.fixture(autouse=True)
def rung(monkeypatch, db):
    """What was rung and broadcast, as (topic, payload), instead of looking for processes that do not run."""
    heard = []
    monkeypatch.setattr("zashiki.hub.notify", lambda topic, message: heard.append((topic, message)))
    monkeypatch.setattr("zashiki.hub.broadcast", lambda topic, payload, **_: heard.append((topic, payload)))
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
    room = room_actions.create(aiko, "garden", kind=Kind.PRIVATE)
    members.add(room, mori, Role.MODERATOR)
    members.add(room, ben)
    return room


@pytest.fixture
def tea(aiko):
    """An open room."""
    return room_actions.create(aiko, "tea")
