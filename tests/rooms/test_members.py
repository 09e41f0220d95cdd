"""The verbs of membership."""

import pytest

from zashiki import writer
from zashiki.errors import NotFound
from zashiki.models import Involvement, Membership, Role, Room, SystemState
from zashiki.rooms import actions as room_actions
from zashiki.rooms import members


def role_of(room, user):
    return Membership.objects.get(room=room, user=user).role


def belongs(room, user):
    return Membership.objects.filter(room=room, user=user).exists()


def test_who_is_added_is_a_member_until_removed(garden, olga):
    members.add(garden, olga)
    assert role_of(garden, olga) == Role.MEMBER
    members.remove(garden, olga)
    assert not belongs(garden, olga)


def test_adding_again_changes_no_role(garden, mori):
    members.add(garden, mori)
    assert role_of(garden, mori) == Role.MODERATOR


def test_who_is_new_has_read_what_was_said_before(garden, olga):
    writer.post(garden, "one")
    garden.refresh_from_db()
    assert members.add(garden, olga).read_position == 1


def test_removing_ends_the_right(garden, ben):
    before = SystemState.load().permissions_version
    members.remove(garden, ben)
    assert SystemState.load().permissions_version == before + 1


def test_the_last_owner_cannot_be_lost(garden, aiko):
    with pytest.raises(members.LastOwner):
        members.remove(garden, aiko)
    with pytest.raises(members.LastOwner):
        members.change_role(garden, aiko, Role.MEMBER)
    with pytest.raises(members.LastOwner):
        members.leave(garden, aiko)
    assert role_of(garden, aiko) == Role.OWNER


def test_one_of_two_owners_may_go(garden, aiko, ben):
    members.change_role(garden, ben, Role.OWNER)
    members.leave(garden, aiko)
    assert role_of(garden, ben) == Role.OWNER and not belongs(garden, aiko)


def test_an_owner_hands_over(garden, aiko, ben):
    members.transfer_ownership(garden, aiko, ben)
    assert (role_of(garden, ben), role_of(garden, aiko)) == (Role.OWNER, Role.MODERATOR)


def test_an_owner_leaves_to_a_successor(garden, aiko, mori):
    members.leave(garden, aiko, mori)
    assert role_of(garden, mori) == Role.OWNER and not belongs(garden, aiko)


def test_a_successor_belongs_to_the_room(garden, aiko, olga):
    with pytest.raises(NotFound):
        members.leave(garden, aiko, olga)
    assert role_of(garden, aiko) == Role.OWNER


def test_the_last_one_who_leaves_archives_the_room(tea, aiko):
    members.leave(tea, aiko)
    assert Room.objects.get(pk=tea.pk).is_archived and not belongs(tea, aiko)


def test_who_does_not_belong_cannot_be_removed(garden, olga):
    with pytest.raises(NotFound):
        members.remove(garden, olga)


def test_a_hidden_room_is_out_of_the_list(garden, ben):
    members.set_involvement(garden, ben, Involvement.HIDDEN)
    assert not Room.objects.mine(ben).exists()
    members.set_involvement(garden, ben, Involvement.MENTIONS)
    assert Room.objects.mine(ben).get() == garden


def test_the_list_of_who_is_added_is_asked_for_again(garden, olga, rung, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        members.add(garden, olga)
    assert [topic for topic, payload in rung if payload == {"type": "rooms_changed"}] == [f"user.u{olga.pk}"]


def test_who_opens_a_room_by_its_address_owns_it(aiko):
    from zashiki.people.identity import person_for_user
    from zashiki.rooms.access import open_room

    entry = open_room(person_for_user(aiko), "new place")
    assert role_of(Room.objects.get(pk=entry.room_id), aiko) == Role.OWNER
    room_actions.archive(Room.objects.get(pk=entry.room_id))
