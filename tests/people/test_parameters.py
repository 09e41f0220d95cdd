"""Every parameter of every route is tried by every role and with every method; a parameter that a view reads and that has no row fails."""

from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils.datastructures import MultiValueDict

from zashiki.models import Avatar, Invitation, Kind, Membership, Profile, Role, Room
from zashiki.people.visitors import COOKIE, new_visitor, visitor_cookie
from zashiki.rooms import actions, direct, invitations, members

ROLES = (
    *("anonymous", "visitor", "outsider", "removed", "member", "moderator", "owner"),
    *("administrator", "deactivated"),
)
METHODS = ("get", "head", "options", "put", "patch", "delete", "trace")
ROUTES = sorted(pattern.name for pattern in get_resolver("zashiki.urls").url_patterns)

BELONGING = {"member", "moderator", "owner"}
MODERATORS = {"moderator", "owner"}
OWNER = {"owner"}
ADMINISTRATOR = {"administrator"}
USERS = {"outsider", "removed", "member", "moderator", "owner", "administrator"}
NOBODY = set()

FORM = {"name": "garden", "description": "", "kind": "private", "posting": "everybody"}
TEA = {"name": "tea", "description": "", "kind": "public", "posting": "everybody"}


@dataclass(frozen=True)
class Row:
    """What is posted, and the roles that change something by it; whoever else posts it changes nothing.

    Attributes:
        place: the room in whose address it is posted.
    """

    route: str
    place: str
    data: dict
    changed_by: frozenset


def row(route, changed_by, place="garden", **data):
    return Row(route, place, data, frozenset(changed_by))


ROWS = [
    row("create_room", USERS, **{**FORM, "name": "new"}),
    row("create_room", NOBODY, **{**FORM, "kind": "direct"}),
    row("edit_room", OWNER, **{**FORM, "name": "orchard"}),
    row("edit_room", OWNER, **{**FORM, "description": "x"}),
    row("edit_room", OWNER, **{**FORM, "kind": "public"}),
    row("edit_room", OWNER, **{**FORM, "posting": "moderators"}),
    row("edit_room", OWNER | ADMINISTRATOR, "tea", **{**TEA, "kind": "private"}),
    row("edit_room", NOBODY, "talk", **FORM),
    row("archive_room", OWNER),
    row("archive_room", OWNER | ADMINISTRATOR, "tea"),
    row("archive_room", NOBODY, "talk"),
    row("unarchive_room", OWNER | ADMINISTRATOR, "attic"),
    row("join", NOBODY),
    row("join", USERS - OWNER, "tea"),
    row("leave", BELONGING),
    row("leave", OWNER, successor="{victim}"),
    row("leave", NOBODY, successor="{stranger}"),
    row("leave", NOBODY, "talk"),
    row("set_involvement", BELONGING, involvement="nothing"),
    row("set_involvement", NOBODY, involvement="loudly"),
    row("add_member", MODERATORS, person="{stranger}"),
    row("add_member", NOBODY, person="{me}"),
    row("add_member", NOBODY, "talk", person="{stranger}"),
    row("add_member", OWNER | ADMINISTRATOR, "tea", person="{stranger}"),
    row("remove_member", MODERATORS),
    row("remove_member", NOBODY, "talk"),
    row("change_role", OWNER, role="moderator"),
    row("change_role", OWNER, role="owner"),
    row("change_role", NOBODY, role="king"),
    row("room_invitations", MODERATORS, days="1", uses="1"),
    row("room_invitations", NOBODY, days="1", uses="0"),
    row("room_invitations", NOBODY, days="999", uses="1"),
    row("room_invitations", NOBODY, "talk", days="1"),
    row("server_invitations", ADMINISTRATOR, days="1", uses="1"),
    row("revoke_invitation", MODERATORS),
    row("invitation", {"outsider", "administrator"}),
    row("start_direct_room", USERS, person="{stranger}"),
    row("start_direct_room", NOBODY, person="{closed}"),
    row("profile", USERS, name="Somebody"),
    row("profile", USERS, status="away"),
    row("profile", NOBODY, name="x", picture="{picture}"),
    row("profile", USERS, name="y", remove_picture="1"),
    row("choose_name", NOBODY, name="Vera", next="https://example.org/"),
]

# What a page reads of its address; whatever it is given, nothing changes.
ASKED = {
    "index": {"name"},
    "room": {"at"},
    "room_by_id": {"at"},
    "directory": {"q", "page"},
    "room_details": {"q", "page"},
    "create_room": {"name"},
    "people": {"q", "page"},
    "people_search": {"q"},
}


@pytest.fixture
def stage(make_user, settings):
    settings.ZASHIKI_ALLOW_VISITORS = True
    settings.LOGIN_URL = "/sign-in/"
    names = (*ROLES[2:], "stranger", "victim", "second_owner", "closed")
    cast = {name: make_user(name) for name in names}
    get_user_model().objects.filter(pk=cast["administrator"].pk).update(is_superuser=True)
    garden = actions.create(cast["owner"], "garden", kind=Kind.PRIVATE)
    for name, role in [
        *(("moderator", Role.MODERATOR), ("member", Role.MEMBER), ("victim", Role.MEMBER)),
        *(("second_owner", Role.OWNER), ("removed", Role.MEMBER), ("deactivated", Role.OWNER)),
    ]:
        members.add(garden, cast[name], role)
    members.remove(garden, cast["removed"])
    attic = actions.create(cast["owner"], "attic")
    actions.archive(attic)
    places = {"garden": garden, "tea": actions.create(cast["owner"], "tea"), "attic": attic}
    places["talk"] = direct.get_or_create([cast["member"], cast["victim"]])
    link = invitations.create(cast["second_owner"], garden)
    picture = Avatar.store(b"picture")
    get_user_model().objects.filter(username__in=["deactivated", "closed"]).update(is_active=False)
    return cast, places, link, picture


def browser(cast, role):
    client = Client()
    if role == "visitor":
        client.cookies[COOKIE] = visitor_cookie(new_visitor("Vera"))
    elif role in cast:
        client.force_login(cast[role])
    return client


def address(stage, route, place):
    cast, places, link, picture = stage
    room, victim = places[place], f"u{cast['victim'].pk}"
    args = {
        **{
            "room": [room.name or room.pk],
            "deferred": ["en"],
            "person": [victim],
            "avatar": [picture.digest],
        },
        **{name: [room.pk, victim] for name in ("remove_member", "change_role")},
        **{name: [link.pk] for name in ("revoke_invitation", "invitation_code")},
        "invitation": [link.token],
    }
    [pattern] = [each for each in get_resolver("zashiki.urls").url_patterns if each.name == route]
    default = [room.pk] if pattern.pattern.converters else []
    return reverse(f"zashiki:{route}", args=args.get(route, default))


def value(word, cast, role):
    if word == "{picture}":
        return SimpleUploadedFile("x.png", b"no picture")
    if word == "{me}":
        return f"u{cast[role].pk}" if role in cast else "u0"
    return f"u{cast[word[1:-1]].pk}" if word.startswith("{") else word


def everything():
    """Who belongs where in which role, the rooms, the links, the profiles: what nobody may change who has not the right."""
    room = ("pk", "name", "kind", "description", "posting", "archived_at", "version")
    return (
        sorted(Membership.objects.values_list("room", "user", "role", "involvement")),
        sorted(map(str, Room.objects.values_list(*room))),
        sorted(
            map(str, Invitation.objects.values_list("pk", "room", "created_by", "use_count", "revoked_at"))
        ),
        sorted(map(str, Profile.objects.values_list("user", "name", "status", "avatar"))),
    )


def attempt(stage, role, route, place, method, data):
    """What somebody of a role is answered, and whether anything changed; undone afterwards."""
    before = everything()
    with transaction.atomic():
        answer = getattr(browser(stage[0], role), method)(address(stage, route, place), data)
        has_changed = everything() != before
        transaction.set_rollback(True)
    assert answer.status_code < 500, (role, route, method, data)
    return answer, has_changed


@pytest.fixture
def read(monkeypatch):
    """The parameters that were read while a page was made: of its address, of what was posted and of the files."""
    found = set()

    def watched(method):
        def read_one(self, key, *more):
            found.add(key)
            return getattr(MultiValueDict, method)(self, key, *more)

        return read_one

    reading = {name: watched(name) for name in ("get", "getlist", "__getitem__", "__contains__")}
    for name, function in reading.items():
        monkeypatch.setattr(QueryDict, name, function, raising=False)
    files, watched_files = WSGIRequest.FILES, type("WatchedFiles", (MultiValueDict,), reading)
    monkeypatch.setattr(WSGIRequest, "FILES", property(lambda self: watched_files(files.fget(self))))
    return found


@pytest.mark.parametrize("number", range(len(ROWS)), ids=lambda number: f"{number}-{ROWS[number].route}")
def test_what_is_posted_changes_something_for_those_alone_who_may(stage, number):
    wanted = ROWS[number]
    changed_by = set()
    for role in ROLES:
        data = {name: value(word, stage[0], role) for name, word in wanted.data.items()}
        _, has_changed = attempt(stage, role, wanted.route, wanted.place, "post", data)
        if has_changed:
            changed_by.add(role)
    assert changed_by == wanted.changed_by


@pytest.mark.parametrize("route", ROUTES)
def test_every_parameter_that_a_page_reads_has_a_row(stage, read, route):
    rows = [each for each in ROWS if each.route == route]
    for role in ("anonymous", "outsider", "owner", "administrator"):
        for method in ("get", "post"):
            attempt(stage, role, route, "garden", method, {})
            for each in rows:
                data = {name: value(word, stage[0], role) for name, word in each.data.items()}
                attempt(stage, role, route, each.place, method, data)
    known = {name for each in rows for name in each.data} | ASKED.get(route, set())
    assert {each for each in read if not each.startswith("csrf")} == known


@pytest.mark.parametrize("route", ROUTES)
def test_nothing_but_a_post_changes_anything(stage, route):
    rows = [each for each in ROWS if each.route == route] or [Row(route, "garden", {}, frozenset())]
    for each in rows:
        role = "administrator" if "administrator" in each.changed_by else "owner"
        data = {name: value(word, stage[0], role) for name, word in each.data.items()}
        data |= {name: "tea" for name in ASKED.get(route, ())}
        for method in METHODS:
            sent = {} if method == "trace" else data if method in {"get", "head"} else urlencode(data)
            answer, has_changed = attempt(stage, role, route, each.place, method, sent)
            assert not has_changed, (role, method, each)
            assert method in {"get", "head"} or answer.status_code in {404, 405}, (method, answer.status_code)
