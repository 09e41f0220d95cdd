"""A site's own policy is asked everywhere: who may not visit is shown nothing, what may not be read is in no list, nobody is listed to strangers."""

import pytest
from django.urls import get_resolver, reverse

from tests.people.test_access import ROWS, ask
from zashiki import writer
from zashiki.consumers.consumer import _identify
from zashiki.messages.mention_suggestions import suggest_people
from zashiki.models import Room
from zashiki.people.identity import person_for_user
from zashiki.people.visitors import new_visitor
from zashiki.policy import Policy
from zashiki.rooms import access, listing, members
from zashiki.rooms import actions as room_actions

SECRET = "Kurohime"  # in every room, and in every profile


class Closed(Policy):
    """Nobody may be here who is not of the staff, whatever else is asked."""

    def can_access(self, person):
        return person is not None and person.user is not None and person.user.is_staff

    def can_read(self, person, room):
        return True

    def can_list_people(self, person):
        return True


class Discreet(Policy):
    """Every second room is kept from everybody; nobody is shown the others."""

    def can_read(self, person, room):
        return room.pk % 2 == 0 and super().can_read(person, room)

    def can_list_people(self, person):
        return False


@pytest.fixture
def closed(settings):
    settings.ZASHIKI_POLICY = f"{__name__}.Closed"
    settings.LOGIN_URL = "/sign-in/"


@pytest.fixture
def discreet(settings):
    settings.ZASHIKI_POLICY = f"{__name__}.Discreet"


def args_of(pattern, room, user):
    right = {"room_id": room.pk, "key": f"u{user.pk}", "name": room.name, "digest": "x", "language": "en"}
    return [right.get(name, 1) for name in pattern.pattern.converters]


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_who_may_not_visit_gets_nothing_from_any_page(client, closed, aiko, ben, tea, name, is_signed_in):
    room_actions.describe(tea, SECRET)
    members.add(tea, ben)
    if is_signed_in:
        client.force_login(ben)
    [pattern] = [each for each in get_resolver("zashiki.urls").url_patterns if each.name == name]
    for wanted in ROWS[name]:
        answer = ask(client, name, args_of(pattern, tea, aiko), wanted.data, {})
        open_to_all = name in {"emoji", "deferred"} or (
            name in {"index", "choose_name", "invitation"} and not is_signed_in
        )
        assert answer.status_code in {302, 403, 404} or open_to_all, answer.status_code
        assert SECRET not in answer.content.decode()
    assert not members.is_last_owner(tea.memberships.get(user=ben))
    assert tea.memberships.count() == 2


def test_who_may_not_visit_gets_no_socket_and_no_list(closed, ben, tea):
    members.add(tea, ben)
    person = person_for_user(ben)
    handshake = {
        "type": "websocket",
        "path": "/ws/zashiki/",
        "headers": [],
        "query_string": b"",
        "cookies": {},
    }
    assert _identify({**handshake, "user": ben}) == (None, None)
    assert _identify(handshake) == (None, None)
    assert listing.rooms_for(person) == [] and listing.public_rooms(person, 9) == []
    assert not access.access_now(person, tea.pk).can_read
    assert access.ended_sessions({(person, None)}) == {(person, None)}


def test_the_list_of_all_rooms_shows_what_may_be_read(client, discreet, aiko):
    for number in range(120):
        room_actions.create(aiko, f"{SECRET}-{number}")
    hidden, shown = (list(Room.objects.filter(pk__in=[*range(start, 999, 2)])) for start in (1, 2))
    client.force_login(aiko)
    found = "".join(
        client.get(f"{reverse('zashiki:directory')}?page={page}&q={SECRET}").content.decode()
        for page in (1, 2, 3)
    )
    assert all(f">{room.name}<" in found for room in shown)
    assert not any(f">{room.name}<" in found for room in hidden)
    assert client.get(reverse("zashiki:directory")).context["rooms"].paginator.count == len(shown)


def test_a_room_lists_and_completes_to_strangers_only_who_has_spoken(client, discreet, aiko, ben, make_user):
    room_actions.create(aiko, "odd")
    room = next(
        each
        for each in (room_actions.create(aiko, "tea"), room_actions.create(aiko, "go"))
        if each.pk % 2 == 0
    )
    silent = make_user("Silent")
    for user in (ben, silent):
        members.add(room, user)
    writer.post(room, "Hello", author=aiko)
    client.force_login(ben)
    page = client.get(reverse("zashiki:room_details", args=[room.pk])).content.decode()
    assert "aiko" in page and "ben" in page and "silent" not in page
    answer = suggest_people(person_for_user(ben), room.pk, "")
    assert [each["name"] for each in answer["people"]] == ["aiko"] and answer["everybody"] == 1
    for query in ("s", "silent"):
        assert suggest_people(person_for_user(ben), room.pk, query)["people"] == []
        assert suggest_people(new_visitor("Vera"), room.pk, query)["people"] == []


def test_a_moderator_who_may_not_see_people_brings_in_nobody_by_a_number(client, discreet, aiko, olga):
    room_actions.create(aiko, "odd")
    room = next(
        each
        for each in (room_actions.create(aiko, "tea"), room_actions.create(aiko, "go"))
        if each.pk % 2 == 0
    )
    client.force_login(aiko)
    assert "olga" not in client.get(reverse("zashiki:room_details", args=[room.pk])).content.decode()
    answers = {
        client.post(reverse("zashiki:add_member", args=[room.pk]), {"person": key}).status_code
        for key in (f"u{olga.pk}", "u999999")
    }
    assert answers == {403} and not room.memberships.filter(user=olga).exists()


def test_an_accounts_name_is_not_guessed_letter_by_letter(tea, aiko, make_user):
    ben = make_user("secret-account", first_name="Ben")
    members.add(tea, ben)
    person = person_for_user(aiko)
    assert [each["name"] for each in suggest_people(person, tea.pk, "be")["people"]] == ["Ben"]
    for letters in ("s", "secret", "secret-accoun"):
        assert suggest_people(person, tea.pk, letters)["people"] == []
    assert [each["name"] for each in suggest_people(person, tea.pk, "secret-account")["people"]] == ["Ben"]
