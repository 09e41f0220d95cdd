"""Who or what already has a name: rooms by their address and by the form, guests beside accounts."""

import pytest
from django.contrib.auth import get_user_model

from tests.text.name_cases import ALIKE, DIFFERENT
from zashiki.errors import Invalid, NotFound
from zashiki.models import Kind, Profile, Room
from zashiki.people.taken_names import check_free
from zashiki.people.visitors import new_visitor
from zashiki.rooms import actions as room_actions
from zashiki.rooms.access import open_room


def names_of_rooms():
    return set(Room.objects.values_list("name", flat=True))


def test_a_room_that_looks_like_another_is_not_made(aiko):
    for one, other in ALIKE:
        room = room_actions.create(aiko, one)
        with pytest.raises(Invalid):
            pytest.fail(f"made {other!a} beside {one!a}: {room_actions.create(aiko, other)}")
        room_actions.rename(room, other)  # its own name can be written otherwise
        room.delete()
    for one, other in DIFFERENT:
        made = [room_actions.create(aiko, one), room_actions.create(aiko, other)]
        for room in made:
            room.delete()


def test_an_address_that_looks_like_another_opens_no_new_room(client, aiko):
    room_actions.create(aiko, "general")
    for name in ("gеneral", "generaI", "genera1"):
        answer = client.get(f"/chat/{name}/")
        assert answer.status_code == 404 and "looks like" in answer.content.decode()
        with pytest.raises(Invalid, match="looks like"):
            open_room(new_visitor("Vera"), name)
    assert names_of_rooms() == {"general"}


def test_capitals_and_widths_lead_to_the_same_room(client, aiko):
    room = room_actions.create(aiko, "General")
    for name in ("general", "GENERAL", "ｇｅｎｅｒａｌ"):
        answer = client.get(f"/chat/{name}/?at=3")
        assert (answer.status_code, answer.url) == (302, "/chat/General/?at=3")
        assert open_room(new_visitor("Vera"), name).room_id == room.pk
    assert client.get("/chat/General/").status_code == 200
    assert names_of_rooms() == {"General"}


@pytest.mark.parametrize("welcomes_visitors", [True, False])
def test_a_private_room_is_not_told_by_what_looks_like_it(client, aiko, settings, welcomes_visitors):
    settings.ZASHIKI_ALLOW_VISITORS = welcomes_visitors
    room_actions.create(aiko, "Secret", kind=Kind.PRIVATE)
    client.force_login(get_user_model().objects.create_user("olga"))
    shown = [client.get(f"/chat/{name}/") for name in ("Secret", "secret", "sеcret", "nothing")]
    assert {answer.status_code for answer in shown} == {200 if welcomes_visitors else 404}
    for name in ("secret", "sеcret", "nothing"):
        if not welcomes_visitors:
            with pytest.raises(NotFound):
                open_room(new_visitor("Vera"), name)


def test_a_renamed_room_leaves_its_name_to_others(aiko):
    room = room_actions.create(aiko, "tea")
    room_actions.rename(room, "coffee")
    assert room_actions.create(aiko, "Tea").pk != room.pk
    with pytest.raises(Invalid, match="already"):
        room_actions.create(aiko, "Coffee")


@pytest.mark.parametrize("name", ["Boss", "BОSS", "b0ss", "Ｂｏｓｓ", "the-boss"])
def test_a_guest_cannot_look_like_an_account(client, db, name):
    owner = get_user_model().objects.create_superuser("the-boss")
    Profile.objects.create(user=owner, name="Boss")
    answer = client.post("/chat/visitor/name/", {"name": name})
    assert answer.status_code == 400 and "looks like" in answer.content.decode()


def test_a_name_is_free_again_when_nobody_has_it(client, db):
    owner = get_user_model().objects.create_user("kenta", first_name="Boss")
    with pytest.raises(Invalid):
        check_free("boss")
    check_free("boss", but=owner)
    get_user_model().objects.filter(pk=owner.pk).update(first_name="Ken")  # of which no signal tells
    check_free("boss")
    assert client.post("/chat/visitor/name/", {"name": "Boss"}).status_code == 302


def test_looking_at_the_names_of_many_costs_two_queries(db, django_assert_max_num_queries):
    get_user_model().objects.bulk_create(get_user_model()(username=f"person-{n}") for n in range(300))
    get_user_model().objects.create_user("aiko")
    with django_assert_max_num_queries(2), pytest.raises(Invalid):
        check_free("Аiko")
    with django_assert_max_num_queries(0):
        check_free("Nobody")
