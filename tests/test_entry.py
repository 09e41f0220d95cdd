"""Many are asked about as cheaply as one, and with the same answers."""

import pytest
from django.contrib.auth import get_user_model

from zashiki import members, rooms
from zashiki.entry import Standing, standing_of, standings_of
from zashiki.models import Kind, Role
from zashiki.people import new_visitor, person_of_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return [person_of_user(get_user_model().objects.create_user(f"person-{number}")) for number in range(12)]


@pytest.fixture
def asked(people):
    """Everybody, and a visitor and somebody whose account was closed, about an open, a private and no room."""
    owner, moderator, member, *_, closed = people
    garden = rooms.make(owner.user, "garden", kind=Kind.PRIVATE)
    members.add(garden, moderator.user, Role.MODERATOR)
    members.add(garden, member.user)
    closed.user.is_active = False
    closed.user.save()
    places = [rooms.make(owner.user, "tea").pk, garden.pk, 999]
    return [(person, room_id) for person in (*people, new_visitor("Vera")) for room_id in places]


def test_many_are_answered_as_one_by_one(asked):
    together = standings_of(asked)
    assert together == {(person.key, room_id): standing_of(person, room_id) for person, room_id in asked}
    assert len({*together.values()}) == 4  # nothing, a visitor's, a member's and a moderator's


def test_a_few_queries_are_enough_for_any_number(asked, django_assert_num_queries):
    with django_assert_num_queries(4):  # rooms, users, and the members of each room
        standings_of(asked)


def test_a_closed_account_stands_nowhere(asked, people):
    found = standings_of(asked)
    assert all(found[people[-1].key, room_id] == Standing(False) for _, room_id in asked)
