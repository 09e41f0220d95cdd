"""Who may open which page: a row for every route and method. A route without a row fails."""

from dataclasses import dataclass

import pytest
from django.urls import get_resolver, reverse

from zashiki.models import Avatar, Kind, Role
from zashiki.people.visitors import COOKIE, new_visitor, visitor_cookie
from zashiki.rooms import actions as room_actions
from zashiki.rooms import invitations, members

ROLES = ("anonymous", "visitor", "outsider", "member", "moderator", "owner", "deactivated")

SIGN_IN = 302  # to the page where one signs in


@dataclass(frozen=True)
class Row:
    """What each role is answered.

    Attributes:
        statuses: in the order of `ROLES`; ``True`` for 200 or a redirect to somewhere else than signing in.
    """

    statuses: tuple
    data: dict | None = None  # posted when given


def row(anonymous, visitor, outsider, member, moderator, owner, **data):
    # Whoever's account is closed is nobody.
    return Row((anonymous, visitor, outsider, member, moderator, owner, anonymous), data or None)


YES, NO, NONE = True, 403, 404
USERS = row(SIGN_IN, SIGN_IN, YES, YES, YES, YES)
MEMBERS = row(SIGN_IN, SIGN_IN, NONE, YES, YES, YES)
MODERATORS = row(SIGN_IN, SIGN_IN, NONE, NO, YES, YES)


def posted(members, moderators, owners, outsiders=NONE, **data):
    return row(SIGN_IN, SIGN_IN, outsiders, members, moderators, owners, **(data or {"sent": "1"}))


# Every route of zashiki.urls. The room is private; without visitors nobody gets in who has not signed in.
ROWS = {
    "index": [row(YES, YES, YES, YES, YES, YES)],
    "room": [row(YES, YES, YES, YES, YES, YES)],  # whoever does not see it opens one of the same name
    "room_by_id": [row(NONE, NONE, NONE, YES, YES, YES)],
    "choose_name": [row(YES, YES, YES, YES, YES, YES, name="Vera")],
    "directory": [USERS],
    "create_room": [USERS, posted(YES, YES, YES, YES, name="new", kind="public", posting="everybody")],
    "room_details": [MEMBERS],
    "edit_room": [posted(NO, NO, YES, name="orchard", kind="private", posting="everybody")],
    "archive_room": [posted(NO, NO, YES)],
    "unarchive_room": [posted(NO, NO, YES)],
    "join": [posted(NO, NO, NO)],  # a private room is not joined
    "leave": [MEMBERS, posted(YES, YES, 400)],  # the last owner must name a successor
    "set_involvement": [posted(YES, YES, YES, involvement="mentions")],
    "add_member": [posted(NO, YES, YES, person="{stranger}")],
    "remove_member": [posted(NO, YES, YES)],
    "change_role": [posted(NO, NO, YES, role="moderator")],
    "room_invitations": [MODERATORS, posted(NO, YES, YES, days="1", uses="1")],
    "server_invitations": [row(SIGN_IN, SIGN_IN, NO, NO, NO, NO), posted(NO, NO, NO, NO, days="1")],
    "revoke_invitation": [posted(NONE, YES, YES)],
    "invitation_code": [row(SIGN_IN, SIGN_IN, NONE, NONE, YES, YES)],
    "invitation": [row(YES, YES, YES, YES, YES, YES)],  # that is what it is for
    "people": [USERS],
    "people_search": [USERS],
    "start_direct_room": [posted(YES, YES, YES, YES, person="{stranger}")],
    "person": [USERS],
    "profile": [USERS, posted(YES, YES, YES, YES, name="Somebody")],
    "emoji": [row(YES, YES, YES, YES, YES, YES)],
    "deferred": [row(YES, YES, YES, YES, YES, YES)],
    "avatars": [row(YES, YES, YES, YES, YES, YES)],
    "avatar": [row(YES, YES, YES, YES, YES, YES)],
}


@pytest.fixture(autouse=True)
def welcomes_visitors(settings):
    settings.ZASHIKI_ALLOW_VISITORS = True
    settings.LOGIN_URL = "/sign-in/"


@pytest.fixture
def stage(make_user):
    """The cast, the room, and the arguments of each route."""
    people = {role: make_user(role) for role in ROLES[2:]}
    stranger = make_user("stranger")
    garden = room_actions.create(people["owner"], "garden", kind=Kind.PRIVATE)
    members.add(garden, people["moderator"], Role.MODERATOR)
    members.add(garden, people["member"])
    victim = make_user("victim")
    members.add(garden, victim)
    held = invitations.create(people["owner"], garden)
    picture = Avatar.store(b"picture")
    people["deactivated"].is_active = False
    members.add(garden, people["deactivated"], Role.OWNER)
    people["deactivated"].save()
    members.change_role(garden, people["deactivated"], Role.MODERATOR)
    args = {
        "room": ["garden"],
        "deferred": ["en"],
        "remove_member": [garden.pk, f"u{victim.pk}"],
        "change_role": [garden.pk, f"u{victim.pk}"],
        "revoke_invitation": [held.pk],
        "invitation_code": [held.pk],
        "invitation": [held.token],
        "person": [f"u{stranger.pk}"],
        "avatar": [picture.digest],
    }
    for name in (
        "index",
        "choose_name",
        "directory",
        "create_room",
        "server_invitations",
        "people",
        "people_search",
        "start_direct_room",
        "profile",
        "emoji",
        "avatars",
    ):
        args[name] = []
    return people, {name: args.get(name, [garden.pk]) for name in ROWS}, {"{stranger}": f"u{stranger.pk}"}


def sign_in(client, role, people):
    if role == "visitor":
        client.cookies[COOKIE] = visitor_cookie(new_visitor("Vera"))
    elif role in people:
        client.force_login(people[role])


def ask(client, name, args, data, words):
    url = reverse(f"zashiki:{name}", args=args)
    if data is None:
        return client.get(url)
    return client.post(url, {key: words.get(value, value) for key, value in data.items()})


def test_every_route_has_a_row():
    routes = {pattern.name for pattern in get_resolver("zashiki.urls").url_patterns}
    assert routes == set(ROWS)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("name", "number"), [(name, number) for name in ROWS for number in range(len(ROWS[name]))]
)
def test_a_route_answers_each_role(client, stage, role, name, number):
    people, args, words = stage
    wanted = ROWS[name][number]
    sign_in(client, role, people)
    answer = ask(client, name, args[name], wanted.data, words)
    expected = wanted.statuses[ROLES.index(role)]
    goes_to_sign_in = answer.status_code == 302 and answer.url.startswith("/sign-in/")
    if expected is YES:
        assert answer.status_code in (200, 302) and not goes_to_sign_in, answer.status_code
    else:
        assert answer.status_code == expected and goes_to_sign_in == (expected == SIGN_IN), answer.status_code


@pytest.mark.parametrize("name", ROWS)
def test_a_house_without_visitors_lets_nobody_look(client, stage, name, settings):
    settings.ZASHIKI_ALLOW_VISITORS = False
    _, args, words = stage
    answer = ask(client, name, args[name], ROWS[name][0].data, words)
    open_to_all = {"index", "choose_name", "invitation", "emoji", "deferred"}
    assert name in open_to_all or answer.status_code in (302, 404)
    assert b"garden" not in answer.content or name in {"invitation", "emoji"}


@pytest.mark.parametrize("name", [name for name, rows in ROWS.items() if rows[-1].data])
def test_what_changes_something_needs_a_token(stage, name, django_user_model):
    from django.test import Client

    people, args, words = stage
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["owner"])
    assert ask(client, name, args[name], ROWS[name][-1].data, words).status_code == 403


def test_a_missing_room_and_a_private_one_look_alike(client, stage):
    people, args, _ = stage
    client.force_login(people["outsider"])
    for name in ("room_by_id", "room_details"):
        there = reverse(f"zashiki:{name}", args=[args[name][0]])
        missing = reverse(f"zashiki:{name}", args=[999_999])
        answers = [client.get(url) for url in (there, missing)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].content.replace(there.encode(), missing.encode()) == answers[1].content


# What is the same for everybody, or for everybody who may visit, may be kept for a while.
KEPT = {"emoji": "public", "deferred": "public", "avatar": "private", "avatars": "private"}


@pytest.mark.parametrize("name", ROWS)
def test_no_cache_keeps_what_depends_on_who_asks(client, stage, name):
    people, args, words = stage
    sign_in(client, "owner", people)
    for wanted in ROWS[name]:
        kept = ask(client, name, args[name], wanted.data, words).get("Cache-Control", "")
        assert kept.startswith(KEPT[name]) if name in KEPT else "no-store" in kept and "private" in kept, kept
