"""Many are asked about as cheaply as one, and with the same answers."""

import pytest
from django.contrib.auth import get_user_model

from zashiki.models import Kind, Role
from zashiki.people.identity import person_for_user
from zashiki.people.visitors import new_visitor
from zashiki.rooms import actions as room_actions
from zashiki.rooms import members
from zashiki.rooms.access import RoomAccess, access_for_many, access_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return [person_for_user(get_user_model().objects.create_user(f"person-{number}")) for number in range(12)]


@pytest.fixture
def asked(people):
    """Everybody, and a visitor and somebody whose account was closed, about an open, a private and no room."""
    owner, moderator, member, *_, closed = people
    garden = room_actions.create(owner.user, "garden", kind=Kind.PRIVATE)
    members.add(garden, moderator.user, Role.MODERATOR)
    members.add(garden, member.user)
    closed.user.is_active = False
    closed.user.save()
    places = [room_actions.create(owner.user, "tea").pk, garden.pk, 999]
    return [(person, room_id) for person in (*people, new_visitor("Vera")) for room_id in places]


def test_many_are_answered_as_one_by_one(asked):
    together = access_for_many(asked)
    assert together == {(person.key, room_id): access_now(person, room_id) for person, room_id in asked}
    assert len({*together.values()}) == 4  # nothing, a visitor's, a member's and a moderator's


def test_a_few_queries_are_enough_for_any_number(asked, django_assert_num_queries):
    with django_assert_num_queries(4):  # rooms, users, and the members of each room
        access_for_many(asked)


def test_a_closed_account_stands_nowhere(asked, people):
    found = access_for_many(asked)
    assert all(found[people[-1].key, room_id] == RoomAccess(False) for _, room_id in asked)
