"""Every page with every kind of nonsense in its address, its question and its form: never a fault of the server."""

import re
from urllib.parse import quote

import pytest
from django.contrib.auth import get_user_model
from django.urls import get_resolver

from tests.invalid_input.values import INTEGERS, TEXTS
from zashiki.people.visitors import COOKIE, new_visitor, visitor_cookie
from zashiki.rooms import actions as room_actions
from zashiki.rooms import members

pytestmark = pytest.mark.django_db

ROUTES = {pattern.name: pattern.pattern._route for pattern in get_resolver("zashiki.urls").url_patterns}
PART = re.compile(r"<(\w+):(\w+)>")
ASKED = ("name", "q", "page", "at", "thread", "before", "after", "around")
FILLED_IN = (
    *("name", "description", "kind", "posting", "status", "picture", "days", "uses"),
    *("person", "role", "involvement", "successor", "next"),
)


@pytest.fixture(params=["owner", "visitor"])
def somebody(request, client):
    """A client, and the arguments with which each kind of address leads somewhere."""
    owner = get_user_model().objects.create_user("aiko", password="rosebud")
    room = room_actions.create(owner, "tea")
    members.add(room, get_user_model().objects.create_user("ben"))
    if request.param == "owner":
        client.force_login(owner)
    else:
        client.cookies[COOKIE] = visitor_cookie(new_visitor("Vera"))
    return client, {"room_id": room.pk, "key": f"u{owner.pk}", "name": "tea"}


def addresses(route, right):
    """The route with each of its parts wrong in each way, the others being right."""
    parts = [name for _, name in PART.findall(route)]
    for wrong in parts:
        kind = next(kind for kind, name in PART.findall(route) if name == wrong)
        for value in [number for number in INTEGERS if number >= 0] if kind == "int" else TEXTS:
            yield filled(route, {**right, wrong: value})
    if not parts:
        yield f"/chat/{route}"


def filled(route, values):
    return "/chat/" + PART.sub(lambda part: quote(str(values.get(part[2], 1)), safe=""), route)


def assert_no_fault(answer):
    assert answer.status_code < 500


@pytest.mark.parametrize("name", ROUTES)
def test_every_address(name, somebody):
    client, right = somebody
    for address in addresses(ROUTES[name], right):
        assert_no_fault(client.get(address))
        assert_no_fault(client.post(address))


@pytest.mark.parametrize("name", ROUTES)
def test_every_question_and_form(name, somebody):
    client, right = somebody
    address = filled(ROUTES[name], right)
    for text in (*TEXTS, *map(str, INTEGERS), "\ud800".encode("utf-8", "surrogatepass")):
        assert_no_fault(client.get(address, dict.fromkeys(ASKED, text)))
        assert_no_fault(client.post(address, dict.fromkeys(FILLED_IN, text)))
