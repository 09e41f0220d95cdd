"""Direct rooms."""

import pytest

from zashiki.errors import Invalid
from zashiki.models import Involvement, Kind, Profile, Room
from zashiki.people.identity import person_for_user
from zashiki.policy import policy
from zashiki.rooms import direct, members


def test_the_same_people_have_the_same_room(aiko, ben, mori):
    room = direct.get_or_create([aiko, ben])
    assert direct.get_or_create([ben, aiko, ben]) == room
    assert direct.get_or_create([aiko, ben, mori]) != room
    assert room.kind == Kind.DIRECT and room.memberships.count() == 2


def test_nobody_talks_alone_or_with_a_crowd(aiko, make_user):
    with pytest.raises(Invalid):
        direct.get_or_create([aiko])
    with pytest.raises(Invalid):
        direct.get_or_create([aiko, *(make_user(f"U{number}") for number in range(direct.PEOPLE_LIMIT))])


def test_only_those_in_it_may_read_it(aiko, ben, olga, make_user):
    room = direct.get_or_create([aiko, ben])
    keeper = make_user("Keeper", is_superuser=True)
    readers = [policy().can_read(person_for_user(user), room) for user in (aiko, ben, olga, keeper)]
    assert readers == [True, True, False, False]


def test_nobody_leaves_or_manages_a_direct_room(aiko, ben, make_user):
    room, rules = direct.get_or_create([aiko, ben]), policy()
    for user in (aiko, make_user("Keeper", is_superuser=True)):
        person = person_for_user(user)
        assert not rules.can_leave(person, room) and not rules.can_manage(person, room)
        assert not rules.can_moderate(person, room) and not rules.can_invite(person, room)


def test_it_is_called_by_the_others(aiko, ben, mori, garden, django_assert_num_queries):
    Profile.objects.create(user=ben, name="Ben Bitdiddle")
    three, two = direct.get_or_create([aiko, ben, mori]), direct.get_or_create([aiko, ben])
    person = person_for_user(aiko)
    with django_assert_num_queries(1):
        titles = direct.titles([three, two, garden], person)
    assert titles == {three.pk: "Ben Bitdiddle, mori", two.pk: "Ben Bitdiddle", garden.pk: "garden"}


def test_a_hidden_one_comes_back_by_talking(aiko, ben):
    room = direct.get_or_create([aiko, ben])
    members.set_involvement(room, aiko, Involvement.HIDDEN)
    direct.unhide(room, aiko)
    assert Room.objects.mine(aiko).get() == room
