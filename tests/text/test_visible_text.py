"""A room that one may not see cannot be told from one that does not exist: by id, by name, by a name that is taken, by counting queries."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from zashiki import writer
from zashiki.errors import NotFound
from zashiki.models import Room
from zashiki.people.identity import person_for_user
from zashiki.people.visitors import COOKIE, new_visitor, visitor_cookie
from zashiki.rooms import access
from zashiki.rooms import actions as room_actions

MISSING = 999_999
OLGA, VISITOR, NOBODY = "olga", "visitor", "nobody"
BY_ID = [
    *("room_by_id", "room_details", "leave", "room_invitations"),
    *("edit_room", "archive_room", "unarchive_room", "join", "set_involvement", "add_member"),
]


@pytest.fixture(params=[True, False], ids=["visitors", "no visitors"])
def who(request, settings, olga):
    """Browsers of those who do not belong."""
    settings.ZASHIKI_ALLOW_VISITORS = request.param
    settings.LOGIN_URL = "/sign-in/"
    clients = {OLGA: Client(), VISITOR: Client(), NOBODY: Client()}
    clients[OLGA].force_login(olga)
    clients[VISITOR].cookies[COOKIE] = visitor_cookie(new_visitor("Vera"))
    return clients


def url(name, *args):
    return reverse(f"zashiki:{name}", args=args)


def seen(client, method, address, marks):
    """What a client can tell from an answer, without the words that it has put in itself."""
    with CaptureQueriesContext(connection) as queries:
        answer = getattr(client, method)(address)
    text = answer.content.decode() + answer.get("Location", "")
    for mark in (address, *marks):
        text = text.replace(mark, "…")
    return answer.status_code, text, len(queries)


@pytest.mark.parametrize("name", BY_ID)
@pytest.mark.parametrize("method", ["get", "post"])
def test_by_its_id(who, garden, name, method):
    for client in who.values():
        there = seen(client, method, url(name, garden.pk), [])
        assert there == seen(client, method, url(name, MISSING), [])


@pytest.mark.parametrize("name", ["remove_member", "change_role"])
def test_by_the_id_of_a_member(who, garden, ben, name):
    for client in who.values():
        there = seen(client, "post", url(name, garden.pk, f"u{ben.pk}"), [])
        assert there == seen(client, "post", url(name, MISSING, f"u{ben.pk}"), [])


def test_by_its_name(who, garden):
    writer.post(garden, "a secret")
    for client in who.values():
        there, missing = (seen(client, "get", url("room", name), [name]) for name in ("garden", "cellar"))
        assert visitors_key_aside(there) == visitors_key_aside(missing)


def visitors_key_aside(answer):
    """Somebody new is given a key and a name of their own, which no two answers share."""
    status, text, queries = answer
    return status, len(text), queries


def test_by_its_name_in_the_index(who, garden):
    for client in who.values():
        there, missing = (client.get(url("index"), {"name": name}) for name in ("garden", "cellar"))
        assert there["Location"].replace("garden", "cellar") == missing["Location"]


def test_by_making_one_of_the_same_name(who, olga, garden):
    for kind in ("public", "private"):
        data = {"name": "garden", "kind": kind, "posting": "everybody"}
        assert who[OLGA].post(url("create_room"), data).status_code == 302
    assert sorted(Room.objects.filter(name="garden").values_list("kind", flat=True)) == [
        "private",
        "private",
        "public",
    ]


def test_by_calling_ones_own_room_the_same(who, olga, garden):
    mine = room_actions.create(olga, "mine")
    data = {"name": "garden", "description": "", "kind": "public", "posting": "everybody"}
    assert who[OLGA].post(url("edit_room", mine.pk), data).status_code == 302


def test_by_sitting_down(olga, garden, settings):
    person = person_for_user(olga)
    refusals = []
    for wanted in (garden.pk, MISSING):
        with pytest.raises(NotFound) as refusal, CaptureQueriesContext(connection) as queries:
            access.open_room(person, wanted)
        refusals.append((str(refusal.value), len(queries)))
    assert refusals[0] == refusals[1]
    settings.ZASHIKI_ALLOW_VISITORS = True
    assert access.open_room(person, "garden").room_id != garden.pk  # a new one of this name


def test_its_members_find_it_by_name_until_an_open_one_has_it(ben, olga, garden):
    assert access.room_called(person_for_user(ben), "garden") == garden
    twin = room_actions.create(olga, "garden")
    assert access.room_called(person_for_user(ben), "garden") == twin
    assert access.open_room(person_for_user(ben), garden.pk).room["title"] == "garden"


def test_the_links_of_a_private_room_lead_to_it_by_its_id(ben, garden, client):
    room_actions.create(ben, "garden")
    client.force_login(ben)
    page = client.get(url("room_by_id", garden.pk)).content.decode()
    assert f'href="{url("room_by_id", garden.pk)}"' in page and f'href="{url("room", "garden")}"' in page


def test_in_no_list(who, garden):
    for client in who.values():
        for address in (url("index"), url("directory"), url("directory") + "?q=garden"):
            assert "garden" not in client.get(address).content.decode().replace("?q=garden", "").replace(
                'value="garden"', ""
            )


def test_links_of_a_room_that_an_administrator_may_not_see(make_user, aiko, garden, client):
    from zashiki.rooms import invitations

    client.force_login(make_user("Keeper", is_superuser=True))
    link = invitations.create(aiko, garden)
    for name, method in (("invitation_code", "get"), ("revoke_invitation", "post")):
        there = seen(client, method, url(name, link.pk), [])
        assert there[:2] == seen(client, method, url(name, MISSING), [])[:2] and there[0] == 404
