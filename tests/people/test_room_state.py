"""A change of the room itself takes a version like a message, and reaches everybody in the same way."""

import json

import pytest

from zashiki import writer
from zashiki.errors import Forbidden
from zashiki.models import Room
from zashiki.people.visitors import new_visitor
from zashiki.streams import event_for, queries
from zashiki.writer.changes.room import ChangeRoom
from zashiki.writer.store import store

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea():
    return Room.objects.create(name="tea")


def change(room, **fields):
    outcomes, news = store([ChangeRoom(room_id=room.pk, person=None, fields=fields)])
    if isinstance(outcomes[0], Exception):
        raise outcomes[0]
    return news


def kinds(events):
    return [(event.version, json.loads(event.payload)["type"]) for event in events]


def test_a_change_takes_the_next_version(tea):
    writer.post(tea, "one")
    [news] = change(tea, description="Green and hot")
    tea.refresh_from_db()
    assert (tea.version, tea.state_version, tea.position) == (2, 2, 1)
    assert news.description == tea.description == "Green and hot"


def test_a_change_that_changes_nothing_takes_no_version(tea):
    assert change(tea, name="tea") == []
    tea.refresh_from_db()
    assert tea.version == tea.state_version == 0


def test_the_event_is_the_whole_room(tea):
    [news] = change(tea, description="Green")
    assert json.loads(event_for(news).payload) == {
        "type": "room",
        "version": 1,
        "room": tea.state() | {"description": "Green"},
    }


def test_the_event_survives_the_layer_and_says_nothing_to_the_tutorial(tea):
    [news] = change(tea, description="Green")
    event = event_for(news)
    assert type(event).unpack(json.loads(json.dumps(event.pack()))) == event
    assert event.tutorial_payload() is None


def test_who_comes_back_gets_it_in_its_place(tea):
    writer.post(tea, "one")
    change(tea, description="Green")
    writer.post(tea, "two")
    loaded = queries.changes_since(tea.pk, 0, 10)
    assert kinds(loaded.events) == [(1, "message"), (2, "room"), (3, "message")]
    assert (loaded.version, loaded.position, loaded.complete) == (3, 2, True)
    assert kinds(queries.changes_since(tea.pk, 2, 10).events) == [(3, "message")]


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_a_part_of_what_changed_ends_where_it_says(tea, limit):
    writer.post(tea, "one")
    change(tea, description="Green")
    for body in ("two", "three", "four"):
        writer.post(tea, body)
    seen, version = [], 0
    while True:
        loaded = queries.changes_since(tea.pk, version, limit)
        seen += kinds(loaded.events)
        version = loaded.version
        if loaded.complete:
            break
    assert seen == [(1, "message"), (2, "room"), (3, "message"), (4, "message"), (5, "message")]


def test_the_newest_changes_leave_it_out_when_it_is_older(tea):
    change(tea, description="Green")
    for body in ("one", "two", "three"):
        writer.post(tea, body)
    loaded = queries.newest_changes(tea.pk, 2)
    assert kinds(loaded.events) == [(3, "message"), (4, "message")]
    assert loaded.state.version == 1
    assert kinds(queries.newest_changes(tea.pk, 10).events)[0] == (1, "room")


def test_a_page_comes_with_the_room_as_it_is(tea):
    writer.post(tea, "one")
    change(tea, description="Green")
    loaded = queries.newest_messages(tea.pk, 50)
    assert kinds(loaded.events) == [(1, "message")]
    assert loaded.state.version == 2


def test_a_change_that_falls_between_two_reads_is_not_lost(tea, monkeypatch):
    writer.post(tea, "one")
    read_room, between = queries._room, [lambda: (change(tea, description="Green"), writer.post(tea, "two"))]

    def room_then_change(room_id):
        room = read_room(room_id)
        while between:
            between.pop()()
        return room

    monkeypatch.setattr(queries, "_room", room_then_change)
    loaded = queries.changes_since(tea.pk, 1, 10)
    assert kinds(loaded.events) == [(2, "room"), (3, "message")]
    assert loaded.version == 3


def test_in_an_archived_room_nothing_changes_any_more(tea, django_user_model):
    message = writer.post(tea, "one")
    change(tea, archived_at=message.posted_at)
    for attempt in (
        lambda: writer.post(tea, "two"),
        lambda: writer.edit(message, "three"),
        lambda: writer.delete(message),
        lambda: writer.react(message, "🍵", author=new_visitor("Guest")),
    ):
        with pytest.raises(Forbidden, match="archived"):
            attempt()
    change(tea, archived_at=None)
    assert writer.post(tea, "two").position == 2
