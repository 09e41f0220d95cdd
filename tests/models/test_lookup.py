"""One row by its key is what the ORM would give, for any key."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.utils import timezone

from zashiki.models import Membership, Profile, Room
from zashiki.models.lookup import get_row, get_row_with
from zashiki.rooms import actions as room_actions
from zashiki.server.http.sessions import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea():
    return room_actions.create(get_user_model().objects.create_user("aiko"), "tea")


def fields_of(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_a_row_is_what_the_orm_gives(tea, django_assert_num_queries):
    user = get_user_model().objects.get()
    with django_assert_num_queries(2):
        room, membership = get_row(Room, id=tea.pk), get_row(Membership, room=tea.pk, user=user.pk)
        assert fields_of(room) and fields_of(membership)  # nothing is deferred
    assert fields_of(room) == fields_of(Room.objects.get())
    assert fields_of(membership) == fields_of(Membership.objects.get())


def test_rows_of_every_table_that_a_page_asks_are_what_the_orm_gives(tea):
    user = get_user_model().objects.get()
    user.last_login = timezone.now()
    user.save()
    room_actions.archive(tea)
    Profile.objects.create(user=user, name="Aiko")
    store = SessionStore()
    store.save()
    for model in (Room, Membership, get_user_model(), Profile, Session):
        there = model.objects.get()
        row = get_row(model, **{model._meta.pk.name: there.pk})
        assert fields_of(row) == fields_of(there)
        assert row._state.db == "default" and not row._state.adding


@pytest.mark.parametrize("name", ["", "Aiko <3"])
def test_what_is_beside_a_row_comes_with_it(tea, name, django_assert_num_queries):
    users = get_user_model()
    there = users.objects.get()
    profile = Profile.objects.create(user=there, name=name) if name else None
    with django_assert_num_queries(1):
        user = get_row_with(users, "zashiki_profile", id=there.pk)
        assert getattr(user, "zashiki_profile", None) == profile
        assert profile is None or user.zashiki_profile.user is user
    assert fields_of(user) == fields_of(there)
    assert profile is None or fields_of(user.zashiki_profile) == fields_of(profile)
    assert get_row_with(users, "zashiki_profile", id=0) is None


@pytest.mark.parametrize("number", [0, -1, 2**63, -(2**63) - 1, 10**30])
def test_a_key_that_no_column_could_hold_is_in_no_row(tea, number):
    assert get_row(Room, id=number) is None


@pytest.mark.parametrize("key", ["", "never", "a\x00b" * 8, "'; DROP TABLE django_session; --"])
def test_a_session_that_never_was_is_empty(key):
    store = SessionStore(key)
    assert dict(store.items()) == {} and store.session_key is None


def test_a_session_lasts_until_it_expires():
    store = SessionStore()
    store["tea"] = "green"
    store.save()
    assert SessionStore(store.session_key)["tea"] == "green"
    Session.objects.update(expire_date=timezone.now())
    assert SessionStore(store.session_key).get("tea") is None
