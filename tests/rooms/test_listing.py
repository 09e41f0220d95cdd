"""The lists of rooms beside a page: written down as SQL, and still what the policy says."""

import pytest
from django.contrib.auth import get_user_model

from zashiki.models import Room
from zashiki.people.identity import person_for_user
from zashiki.people.visitors import new_visitor
from zashiki.policy import Policy
from zashiki.rooms import actions as room_actions
from zashiki.rooms import members
from zashiki.rooms.listing import public_rooms, rooms_for

pytestmark = pytest.mark.django_db


class WithoutGo(Policy):
    """A site's own: nobody reads in the room of Go."""

    def can_read(self, person, room):
        return room.name != "go" and room.created_at is not None and super().can_read(person, room)


class UsersOnly(Policy):
    def can_access(self, person):
        return person is not None and not person.is_visitor


@pytest.fixture
def house(settings):
    settings.ZASHIKI_ALLOW_VISITORS = True
    aiko, mio = (get_user_model().objects.create_user(name) for name in ("aiko", "mio"))
    for name in ("tea", "go", "past", "cellar"):
        members.add(room_actions.create(aiko, name), mio)
    room_actions.archive(Room.objects.get(name="past"))
    room_actions.make_private(Room.objects.get(name="cellar"))
    Room.objects.filter(name="go").update(position=7)
    return person_for_user(mio)


def names(found):
    return [room["name"] for room in found]


def test_the_open_rooms_in_use_are_listed_the_busiest_first(house):
    found = public_rooms(new_visitor(), 100)
    assert names(found) == ["go", "tea"]
    assert found[0] == {
        **Room.objects.get(name="go").state(),
        "version": found[0]["version"],
        "position": 7,
    }
    assert names(public_rooms(new_visitor(), 1)) == ["go"]


def test_nobody_is_shown_a_room_that_a_site_keeps_from_them(house, settings):
    settings.ZASHIKI_POLICY = f"{__name__}.WithoutGo"
    assert names(public_rooms(new_visitor(), 100)) == ["tea"]
    assert names(rooms_for(house)) == ["cellar", "tea"]


def test_who_may_not_be_here_is_shown_no_room(house, settings):
    assert public_rooms(None, 100) == []
    settings.ZASHIKI_POLICY = f"{__name__}.UsersOnly"
    assert public_rooms(new_visitor(), 100) == [] and names(public_rooms(house, 100)) == ["go", "tea"]


def test_a_room_that_is_closed_is_listed_no_more(house):
    assert names(public_rooms(new_visitor(), 100)) == ["go", "tea"]
    room_actions.make_private(Room.objects.get(name="go"))
    assert names(public_rooms(new_visitor(), 100)) == ["tea"]
