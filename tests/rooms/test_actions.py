"""The verbs of rooms."""

import pytest

from zashiki import writer
from zashiki.errors import Invalid, TooLong
from zashiki.models import Kind, PermissionChange, PostingRule, Role, Room, SystemState
from zashiki.people.identity import person_for_user
from zashiki.people.visitors import new_visitor
from zashiki.policy import policy
from zashiki.rooms import actions as room_actions


def fresh(room):
    return Room.objects.get(pk=room.pk)


def may_post(user, room):
    return policy().can_post(person_for_user(user), fresh(room))


def may_read(user, room):
    return policy().can_read(person_for_user(user), fresh(room))


def test_who_makes_a_room_owns_it(aiko):
    room = room_actions.create(aiko, " Tea ", description="Green\nand hot")
    assert (room.name, room.description, room.kind) == ("Tea", "Green and hot", Kind.PUBLIC)
    assert room.memberships.get().role == Role.OWNER


def test_two_open_rooms_cannot_have_one_name(aiko, garden, tea):
    with pytest.raises(Invalid, match="already"):
        room_actions.create(aiko, "tea")
    with pytest.raises(Invalid, match="already"):
        room_actions.rename(room_actions.create(aiko, "coffee"), "tea")


def test_a_private_room_takes_no_name_from_others(aiko, garden, tea):
    twin = room_actions.create(aiko, "garden")
    assert room_actions.rename(garden, "tea").name == "tea"
    with pytest.raises(Invalid, match="already"):
        room_actions.make_public(garden)
    assert Room.objects.named("garden") == twin and fresh(garden).kind == Kind.PRIVATE


def test_what_is_too_long_is_refused(aiko):
    with pytest.raises(TooLong):
        room_actions.create(aiko, "tea", description="x" * 501)


def test_a_renamed_room_is_found_by_its_new_name(tea):
    room_actions.rename(tea, "coffee")
    assert Room.objects.named("coffee").pk == tea.pk
    assert Room.objects.named("tea").pk is None


def test_a_room_of_an_object_keeps_its_name(aiko):
    room = Room.objects.of(aiko)
    for verb in (
        lambda: room_actions.rename(room, "x"),
        lambda: room_actions.make_public(room),
        lambda: room_actions.make_private(room),
    ):
        with pytest.raises(Invalid):
            verb()


def test_closing_a_room_is_undone_by_opening_it(tea, olga):
    assert may_read(olga, tea)
    room_actions.make_private(tea)
    assert not may_read(olga, tea)
    room_actions.make_public(tea)
    assert may_read(olga, tea)


def test_a_room_for_announcements_is_undone(garden, aiko, mori, ben):
    room_actions.restrict_posting(garden)
    assert fresh(garden).posting == PostingRule.MODERATORS
    assert [may_post(user, garden) for user in (aiko, mori, ben)] == [True, True, False]
    assert policy().can_react(person_for_user(ben), fresh(garden))
    room_actions.allow_posting(garden)
    assert may_post(ben, garden)


def test_an_archived_room_is_read_and_out_of_the_lists(tea, aiko):
    writer.post(tea, "one")
    room_actions.archive(tea)
    assert may_read(aiko, tea) and not may_post(aiko, tea)
    assert not Room.objects.listed().exists() and not Room.objects.mine(aiko).exists()
    room_actions.unarchive(tea)
    assert Room.objects.listed().get() == tea == Room.objects.mine(aiko).get()
    assert may_post(aiko, tea)


def test_archiving_twice_changes_nothing(tea):
    once = room_actions.archive(tea)
    assert room_actions.archive(once) is once
    assert fresh(tea).version == 1


@pytest.mark.parametrize(
    "verb", [room_actions.make_private, room_actions.restrict_posting, room_actions.archive]
)
def test_what_ends_rights_says_so(tea, verb):
    before = SystemState.load().permissions_version
    verb(tea)
    assert SystemState.load().permissions_version == before + 1
    assert PermissionChange.objects.latest("version").room_id == tea.pk


def test_each_change_takes_a_version(tea):
    for verb in (
        room_actions.make_private,
        room_actions.make_public,
        room_actions.restrict_posting,
        room_actions.allow_posting,
        room_actions.archive,
        room_actions.unarchive,
    ):
        verb(fresh(tea))
    assert fresh(tea).state_version == fresh(tea).version == 6


def test_members_hear_that_their_lists_have_changed(
    garden, rung, aiko, ben, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        room_actions.rename(garden, "orchard")
    assert (f"user.u{aiko.pk}", {"type": "rooms_changed"}) in rung
    assert (f"user.u{ben.pk}", {"type": "rooms_changed"}) in rung


def test_a_visitor_sees_open_rooms_alone(garden, tea):
    visitor = new_visitor("Vera")
    assert policy().can_read(visitor, tea) and not policy().can_read(visitor, garden)
    assert not policy().can_join(visitor, tea)
