"""Direct rooms."""

import pytest

from zashiki import directs, members
from zashiki.errors import Invalid
from zashiki.models import Involvement, Kind, Profile, Room
from zashiki.people import person_of_user
from zashiki.policy import policy


def test_the_same_people_have_the_same_room(aiko, ben, mori):
    room = directs.between([aiko, ben])
    assert directs.between([ben, aiko, ben]) == room
    assert directs.between([aiko, ben, mori]) != room
    assert room.kind == Kind.DIRECT and room.memberships.count() == 2


def test_nobody_talks_alone_or_with_a_crowd(aiko, make_user):
    with pytest.raises(Invalid):
        directs.between([aiko])
    with pytest.raises(Invalid):
        directs.between([aiko, *(make_user(f"U{number}") for number in range(directs.PEOPLE_LIMIT))])


def test_only_those_in_it_may_read_it(aiko, ben, olga, make_user):
    room = directs.between([aiko, ben])
    keeper = make_user("Keeper", is_superuser=True)
    readers = [policy().can_read(person_of_user(user), room) for user in (aiko, ben, olga, keeper)]
    assert readers == [True, True, False, False]


def test_nobody_leaves_or_manages_a_direct_room(aiko, ben, make_user):
    room, rules = directs.between([aiko, ben]), policy()
    for user in (aiko, make_user("Keeper", is_superuser=True)):
        person = person_of_user(user)
        assert not rules.can_leave(person, room) and not rules.can_manage(person, room)
        assert not rules.can_moderate(person, room) and not rules.can_invite(person, room)


def test_it_is_called_by_the_others(aiko, ben, mori, garden, django_assert_num_queries):
    Profile.objects.create(user=ben, name="Ben Bitdiddle")
    three, two = directs.between([aiko, ben, mori]), directs.between([aiko, ben])
    person = person_of_user(aiko)
    with django_assert_num_queries(1):
        titles = directs.titles([three, two, garden], person)
    assert titles == {three.pk: "Ben Bitdiddle, mori", two.pk: "Ben Bitdiddle", garden.pk: "garden"}


def test_a_hidden_one_comes_back_by_talking(aiko, ben):
    room = directs.between([aiko, ben])
    members.involve(room, aiko, Involvement.HIDDEN)
    directs.reopen(room, aiko)
    assert Room.objects.mine(aiko).get() == room
