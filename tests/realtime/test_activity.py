"""Bells that were not heard, or heard in another order, are made up for."""

import asyncio
import json

import pytest

from tests.support.database_threads import in_thread
from tests.support.recording_connection import RecordingConnection
from zashiki.hub import Hub
from zashiki.models import Message, Room
from zashiki.realtime import activity as module
from zashiki.realtime.activity import Activity
from zashiki.streams import event_for
from zashiki.writer import edit, post, react

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tea():
    return Room.objects.create(name="tea")


@pytest.fixture
def said(tea):
    """The events of three messages, the first two of which speak to everybody."""
    return [event_for(post(tea, body)) for body in ("@room tea?", "@room cake?", "so")]


@pytest.fixture
async def activity(monkeypatch):
    monkeypatch.setattr(module, "MIN_INTERVAL", 0.01)
    made = Activity(Hub(None), in_thread)
    yield made
    made.close()


@pytest.fixture
def connection_elsewhere(tea, activity):
    connection = RecordingConnection()
    activity.subscribe(tea.pk, 0, connection)
    return connection


async def spoken(connection_elsewhere):
    """The positions that were told, in the order of the rings."""
    await asyncio.sleep(0.1)
    return [
        told["position"]
        for payload in connection_elsewhere.read()
        for told in json.loads(payload)["messages"]
    ]


async def test_what_comes_late_is_told(tea, said, activity, connection_elsewhere):
    for event in (said[2], said[0], said[1], said[0]):
        activity.on_events(tea.pk, [event])
        await asyncio.sleep(0.02)
    assert await spoken(connection_elsewhere) == [3, 1, 2]


async def test_a_ring_that_was_lost_before_another_is_made_up_for_by_the_heart(
    tea, said, activity, connection_elsewhere
):
    activity.on_events(tea.pk, [said[0]])
    activity.on_events(tea.pk, [said[2]])
    assert await spoken(connection_elsewhere) == [1, 3]
    await activity.reconcile()
    assert 2 in await spoken(connection_elsewhere)
    await activity.reconcile()
    assert await spoken(connection_elsewhere) == []


async def test_an_edit_rings_again_and_a_reaction_does_not(
    tea, said, activity, connection_elsewhere, django_user_model
):
    def change(how, *args, **more):
        return event_for(how(Message.objects.get(position=1), *args, **more))

    activity.on_events(tea.pk, said)
    assert sorted(await spoken(connection_elsewhere)) == [1, 2, 3]
    aiko = await in_thread(django_user_model.objects.create_user, "aiko")
    activity.on_events(tea.pk, [await in_thread(change, react, "🍵", author=aiko)])
    assert await spoken(connection_elsewhere) == []
    activity.on_events(tea.pk, [await in_thread(change, edit, "@room coffee?")])
    assert await spoken(connection_elsewhere) == [1]
