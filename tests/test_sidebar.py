"""The lists of rooms beside a page: written down as SQL, and still what the policy says."""

import pytest
from django.contrib.auth import get_user_model

from zashiki import members, rooms
from zashiki.models import Room
from zashiki.people import new_visitor, person_of_user
from zashiki.policy import Policy
from zashiki.sidebar import open_rooms, rooms_of

pytestmark = pytest.mark.django_db


class WithoutGo(Policy):
    """A site's own: nobody reads in the room of Go."""

    def can_read(self, person, room):
        return room.name != "go" and room.made_at is not None and super().can_read(person, room)


class UsersOnly(Policy):
    def can_visit(self, person):
        return person is not None and not person.is_visitor


@pytest.fixture
def house(settings):
    settings.ZASHIKI_VISITORS = True
    aiko, mio = (get_user_model().objects.create_user(name) for name in ("aiko", "mio"))
    for name in ("tea", "go", "past", "cellar"):
        members.add(rooms.make(aiko, name), mio)
    rooms.archive(Room.objects.get(name="past"))
    rooms.make_private(Room.objects.get(name="cellar"))
    Room.objects.filter(name="go").update(position=7)
    return person_of_user(mio)


def names(found):
    return [room["name"] for room in found]


def test_the_open_rooms_in_use_are_listed_the_busiest_first(house):
    found = open_rooms(new_visitor(), 100)
    assert names(found) == ["go", "tea"]
    assert found[0] == {
        **Room.objects.get(name="go").state(),
        "version": found[0]["version"],
        "position": 7,
    }
    assert names(open_rooms(new_visitor(), 1)) == ["go"]


def test_nobody_is_shown_a_room_that_a_site_keeps_from_them(house, settings):
    settings.ZASHIKI_POLICY = f"{__name__}.WithoutGo"
    assert names(open_rooms(new_visitor(), 100)) == ["tea"]
    assert names(rooms_of(house)) == ["cellar", "tea"]


def test_who_may_not_be_here_is_shown_no_room(house, settings):
    assert open_rooms(None, 100) == []
    settings.ZASHIKI_POLICY = f"{__name__}.UsersOnly"
    assert open_rooms(new_visitor(), 100) == [] and names(open_rooms(house, 100)) == ["go", "tea"]


def test_a_room_that_is_closed_is_listed_no_more(house):
    assert names(open_rooms(new_visitor(), 100)) == ["go", "tea"]
    rooms.make_private(Room.objects.get(name="go"))
    assert names(open_rooms(new_visitor(), 100)) == ["tea"]
