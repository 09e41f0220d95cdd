"""Bells that were not heard, or heard in another order, are made up for."""

import asyncio
import json

import pytest

from tests.recording import RecordingSeat
from tests.threads import in_thread
from zashiki import bells as module
from zashiki.bells import Bells
from zashiki.feed import event_of
from zashiki.models import Message, Room
from zashiki.seating import Seating
from zashiki.writer import edit, post, react

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tea():
    return Room.objects.create(name="tea")


@pytest.fixture
def said(tea):
    """The events of three messages, the first two of which speak to everybody."""
    return [event_of(post(tea, body)) for body in ("@room tea?", "@room cake?", "so")]


@pytest.fixture
async def bells(monkeypatch):
    monkeypatch.setattr(module, "PAUSE", 0.01)
    made = Bells(Seating(None), in_thread)
    yield made
    made.close()


@pytest.fixture
def ears(tea, bells):
    seat = RecordingSeat()
    bells.place(tea.pk, 0, seat)
    return seat


async def spoken(ears):
    """The positions that were told, in the order of the rings."""
    await asyncio.sleep(0.1)
    return [told["position"] for payload in ears.read() for told in json.loads(payload)["messages"]]


async def test_what_comes_late_is_told(tea, said, bells, ears):
    for event in (said[2], said[0], said[1], said[0]):
        bells.hear(tea.pk, [event])
        await asyncio.sleep(0.02)
    assert await spoken(ears) == [3, 1, 2]


async def test_a_ring_that_was_lost_before_another_is_made_up_for_by_the_heart(tea, said, bells, ears):
    bells.hear(tea.pk, [said[0]])
    bells.hear(tea.pk, [said[2]])
    assert await spoken(ears) == [1, 3]
    await bells.heal()
    assert 2 in await spoken(ears)
    await bells.heal()
    assert await spoken(ears) == []


async def test_an_edit_rings_again_and_a_reaction_does_not(tea, said, bells, ears, django_user_model):
    def change(how, *args, **more):
        return event_of(how(Message.objects.get(position=1), *args, **more))

    bells.hear(tea.pk, said)
    assert sorted(await spoken(ears)) == [1, 2, 3]
    aiko = await in_thread(django_user_model.objects.create_user, "aiko")
    bells.hear(tea.pk, [await in_thread(change, react, "🍵", author=aiko)])
    assert await spoken(ears) == []
    bells.hear(tea.pk, [await in_thread(change, edit, "@room coffee?")])
    assert await spoken(ears) == [1]
