"""Many are asked about as cheaply as one, and with the same answers."""

import pytest
from django.contrib.auth import get_user_model

from zashiki.errors import Invalid
from zashiki.models import Kind, Role, Room
from zashiki.people.identity import person_for_user
from zashiki.people.visitors import new_visitor
from zashiki.rooms import access, members
from zashiki.rooms import actions as room_actions
from zashiki.rooms.access import RoomAccess, access_for_many, access_now, open_room

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


def test_a_room_that_is_created_while_it_is_looked_up_is_opened_by_both(people, monkeypatch):
    first, second = people[:2]
    look_up = access.room_called

    def while_another_creates_it(person, name):
        found = look_up(person, name)
        if person is second:
            open_room(first, name)
        return found

    monkeypatch.setattr(access, "room_called", while_another_creates_it)
    opened = [open_room(second, "Tea room"), open_room(first, "tea room")]
    assert opened[0].room_id == opened[1].room_id


@pytest.mark.parametrize("wanted", ["tea", "teа"])  # the second with a Cyrillic letter
def test_a_new_name_that_looks_like_another_is_refused_also_in_a_race(people, wanted):
    room = Room.objects.named(wanted)
    Room.objects.create(name="tea")
    if wanted == "tea":
        assert room.or_created_meanwhile().pk is not None
    else:
        with pytest.raises(Invalid):
            room.or_created_meanwhile()
