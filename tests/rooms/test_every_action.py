"""Who may do what by the Python API: every verb is tried by every role. A verb, or an argument of one, without a row fails."""

import inspect
from dataclasses import dataclass, field

import pytest
from django.contrib.auth import get_user_model

from zashiki.errors import Forbidden, ZashikiError
from zashiki.models import Invitation, Kind, Membership, Role, Room
from zashiki.people.identity import person_for_user
from zashiki.people.visitors import new_visitor
from zashiki.rooms import actions as room_actions
from zashiki.rooms import direct, invitations, members

MODULES = (members, room_actions, invitations, direct)
ROLES = ("visitor", "outsider", "removed", "member", "moderator", "owner", "administrator", "deactivated")

# What reads and changes nothing.
READING = {
    "members.is_last_owner",
    "actions.clean_description",
    "invitations.active",
    "invitations.can_revoke",
    "invitations.find_valid",
    "invitations.allows_signup",
    "direct.joined",
    "direct.parted",
    "direct.titles",
}


@dataclass
class Row:
    """One way to call a verb.

    Attributes:
        args: named things of the stage, by the verb's arguments; ``me`` is whoever does it.
        allowed: the roles that may; all others are refused and nothing changes.
    """

    verb: str
    args: dict
    allowed: set = field(default_factory=set)


def row(verb, *allowed, **args):
    return Row(verb, args, set(allowed))


KEEPERS = ("owner",)
MODERATORS = ("moderator", "owner")
BELONGING = ("member", "moderator", "owner")
USERS = ("outsider", "removed", "member", "moderator", "owner", "administrator")

ROWS = [
    row("members.add", *MODERATORS, room="garden", user="stranger"),
    row("members.add", *KEEPERS, room="garden", user="stranger", role="=moderator"),
    row("members.add", *KEEPERS, room="garden", user="stranger", role="=owner"),
    row("members.add", room="garden", user="me"),  # a private room is not joined
    row("members.add", *USERS, room="tea", user="me"),
    row("members.add", *KEEPERS, "administrator", room="tea", user="me", role="=owner"),
    row("members.add", room="talk", user="stranger"),
    row("members.remove", *MODERATORS, room="garden", user="victim"),
    row("members.remove", *KEEPERS, room="garden", user="second_owner"),
    row("members.remove", room="talk", user="stranger"),
    row("members.change_role", *KEEPERS, room="garden", user="victim", role="=moderator"),
    row("members.change_role", *KEEPERS, room="garden", user="victim", role="=owner"),
    row("members.change_role", *KEEPERS, room="garden", user="second_owner", role="=member"),
    row("members.change_role", room="garden", user="victim", role="=king"),
    row("members.transfer_ownership", "owner", room="garden", owner="me", successor="victim"),
    row("members.transfer_ownership", room="garden", owner="second_owner", successor="me"),
    row("members.transfer_ownership", room="garden", owner="me", successor="stranger"),
    row("members.leave", *BELONGING, room="garden", user="me"),
    row("members.leave", "owner", room="garden", user="me", successor="victim"),
    row("members.leave", room="garden", user="me", successor="stranger"),
    row("members.leave", room="garden", user="victim"),
    row("members.leave", room="garden", user="second_owner", successor="me"),
    row("members.leave", room="talk", user="me"),
    row("members.set_involvement", *BELONGING, room="garden", user="me", involvement="=nothing"),
    row("members.set_involvement", room="garden", user="victim", involvement="=nothing"),
    row("members.set_involvement", room="garden", user="me", involvement="=loudly"),
    row(
        "actions.create",
        *USERS,
        user="me",
        name="=new",
        kind="=private",
        description="=x",
        posting="=moderators",
    ),
    row("actions.create", user="victim", name="=new"),
    row("actions.create", user="me", name="=new", kind="=direct"),
    row("actions.rename", *KEEPERS, room="garden", name="=new"),
    row("actions.rename", room="talk", name="=new"),
    row("actions.describe", *KEEPERS, room="garden", description="=new"),
    row("actions.describe", room="talk", description="=new"),
    row("actions.make_private", *KEEPERS, "administrator", room="tea"),
    row("actions.make_public", *KEEPERS, room="garden"),
    row("actions.restrict_posting", *KEEPERS, room="garden"),
    row("actions.allow_posting", *KEEPERS, room="garden"),
    row("actions.archive", *KEEPERS, room="garden"),
    row("actions.archive", *KEEPERS, "administrator", room="tea"),
    row("actions.unarchive", *KEEPERS, room="garden"),
    row("invitations.create", *MODERATORS, user="me", room="garden", uses="=1", days="=1"),
    row("invitations.create", "administrator", user="me"),
    row("invitations.create", room="garden", user="second_owner"),
    row("invitations.create", room="talk", user="me"),
    row("invitations.revoke", *MODERATORS, invitation="link"),
    row("invitations.revoke", "administrator", invitation="house_link"),
    row("invitations.accept", *BELONGING, "outsider", "administrator", invitation="link", user="me"),
    row("invitations.accept", invitation="link", user="victim"),
    row("direct.get_or_create", *USERS, users="me_and_stranger"),
    row("direct.get_or_create", users="others"),
    row("direct.unhide", *USERS, room="talk", user="me"),
    row("direct.unhide", room="talk", user="victim"),
]


def verbs():
    for module in MODULES:
        for name, function in inspect.getmembers(module, inspect.isfunction):
            called = f"{module.__name__.removeprefix('zashiki.rooms.')}.{name}"
            if function.__module__ == module.__name__ and not name.startswith("_") and called not in READING:
                yield called, function


VERBS = dict(verbs())


def arguments(function):
    return set(inspect.signature(function).parameters) - {"by"}


@pytest.mark.parametrize("name", VERBS)
def test_every_argument_of_every_verb_has_a_row(name):
    tried = {argument for each in ROWS if each.verb == name for argument in each.args}
    assert arguments(VERBS[name]) == tried
    assert "by" in inspect.signature(VERBS[name]).parameters


def test_every_row_is_about_a_verb():
    assert {each.verb for each in ROWS} == set(VERBS)


@pytest.fixture
def stage(make_user):
    cast = {name: make_user(name) for name in (*ROLES[1:], "stranger", "victim", "second_owner")}
    get_user_model().objects.filter(pk=cast["administrator"].pk).update(is_superuser=True)
    garden = room_actions.create(cast["owner"], "garden", kind=Kind.PRIVATE)
    tea = room_actions.create(cast["owner"], "tea")
    for name, role in [
        ("moderator", Role.MODERATOR),
        ("member", Role.MEMBER),
        ("victim", Role.MEMBER),
        ("second_owner", Role.OWNER),
        ("removed", Role.MEMBER),
        ("deactivated", Role.OWNER),
    ]:
        members.add(garden, cast[name], role)
    members.remove(garden, cast["removed"])
    link, house_link = (
        invitations.create(cast["second_owner"], garden),
        invitations.create(cast["administrator"]),
    )
    get_user_model().objects.filter(pk=cast["deactivated"].pk).update(is_active=False)
    cast = {name: get_user_model().objects.get(pk=user.pk) for name, user in cast.items()}
    return cast, {"garden": garden, "tea": tea, "link": link, "house_link": house_link}


def things(stage, role):
    """What the words of a row stand for, when somebody of this role does it."""
    cast, places = stage
    me = cast.get(role)
    talk = direct.get_or_create([me or cast["member"], cast["stranger"]])
    return me, {
        **cast,
        **places,
        "me": me,
        "talk": talk,
        "me_and_stranger": [user for user in (me, cast["stranger"]) if user is not None],
        "others": [cast["victim"], cast["second_owner"]],
    }


def everything():
    """Who belongs where in which role, the rooms, the links."""
    return (
        set(Membership.objects.values_list("room", "user", "role", "involvement")),
        set(
            Room.objects.values_list("pk", "name", "kind", "description", "posting", "archived_at", "version")
        ),
        set(Invitation.objects.values_list("pk", "room", "created_by", "use_count", "revoked_at")),
    )


def value(word, words):
    if not word.startswith("="):
        return words[word]
    return int(word[1:]) if word[1:].isdecimal() else word[1:]


def person_of_role(role, me):
    """A closed account is nobody: what its person could still try is refused."""
    return new_visitor("Vera") if me is None else person_for_user(me)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("number", range(len(ROWS)), ids=lambda number: f"{number}-{ROWS[number].verb}")
def test_a_verb_refuses_whoever_may_not(stage, role, number):
    wanted = ROWS[number]
    me, words = things(stage, role)
    args = {name: value(word, words) for name, word in wanted.args.items()}
    before = everything()
    if role in wanted.allowed:
        VERBS[wanted.verb](**args, by=person_of_role(role, me))
        return
    with pytest.raises(ZashikiError):
        VERBS[wanted.verb](**args, by=person_of_role(role, me))
    assert everything() == before


def test_a_member_does_not_make_another_the_owner_by_leaving(stage):
    cast, places = stage
    for by in (None, person_for_user(cast["member"])):
        with pytest.raises(Forbidden):
            members.leave(places["garden"], cast["member"], cast["victim"], by=by)
    assert Membership.objects.get(room=places["garden"], user=cast["victim"]).role == Role.MEMBER


def test_who_was_removed_comes_back_by_a_moderator_alone(stage):
    cast, places = stage
    new = invitations.create(cast["owner"], places["garden"])
    for link in (places["link"], new):
        assert invitations.find_valid(link.token, cast["removed"]) is None
        with pytest.raises(ZashikiError):
            invitations.accept(link, cast["removed"])
    assert invitations.find_valid(new.token, cast["outsider"]) == new
    members.add(places["garden"], cast["removed"], by=person_for_user(cast["moderator"]))
    members.leave(places["garden"], cast["removed"])
    invitations.accept(new, cast["removed"])
    assert Membership.objects.filter(room=places["garden"], user=cast["removed"]).exists()


def test_who_left_by_themselves_comes_back_by_the_link(stage):
    cast, places = stage
    members.leave(places["garden"], cast["member"])
    invitations.accept(places["link"], cast["member"])
    assert Membership.objects.filter(room=places["garden"], user=cast["member"]).exists()
