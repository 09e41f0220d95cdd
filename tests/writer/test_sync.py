"""The synchronous door: one call from a view, a task or the shell."""

import asyncio
import threading

import pytest
from django.db import transaction

from tests.support.database_threads import in_thread
from zashiki import hub, writer
from zashiki.errors import Conflict, Empty, NotFound
from zashiki.models import Message, Room
from zashiki.people.visitors import new_visitor
from zashiki.streams import RoomStreams, publishing

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tea():
    return Room.objects.create(name="tea")


@pytest.fixture
def rung(monkeypatch):
    heard = []
    monkeypatch.setattr("zashiki.hub.notify", lambda topic, message: heard.append((topic, message["head"])))
    return heard


def test_each_call_stores_and_rings(tea, rung, django_user_model):
    aiko = django_user_model.objects.create_user("aiko")
    message = writer.post(tea, "tea", author=aiko)
    writer.edit(message, "green tea")
    writer.react(message, "🍵", author=aiko)
    writer.delete(message)
    assert rung == [(f"room.{tea.pk}", version) for version in (1, 2, 3, 4)]
    assert message.author_key == f"u{aiko.pk}"


def test_the_site_itself_speaks_under_a_name(tea):
    assert writer.post(tea, "shipped", name="Shop").author_name == "Shop"
    assert writer.post(tea, "shipped").author_key == "site"


def test_it_takes_part_in_the_callers_transaction(tea, rung):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        writer.post(tea, "never")
        1 / 0  # noqa: B018
    assert not rung and not Message.objects.exists()
    with transaction.atomic():
        writer.post(tea, "one")
        writer.post(tea, "two")
        assert not rung, "nobody is told before the commit"
    assert rung == [(f"room.{tea.pk}", 1), (f"room.{tea.pk}", 2)]


def test_a_refusal_leaves_the_callers_transaction_usable(tea):
    with transaction.atomic():
        writer.post(tea, "tea", nonce="n")
        with pytest.raises(Conflict):
            writer.post(tea, "coffee", nonce="n")
        with pytest.raises(Empty):
            writer.post(tea, "  ")
        with pytest.raises(NotFound):
            writer.post(Room(pk=10**9), "nowhere")
        writer.post(tea, "more")
    assert list(Message.objects.values_list("position", "body")) == [(1, "tea"), (2, "more")]


def test_the_same_nonce_is_the_same_message(tea):
    person = new_visitor("Aiko")
    assert writer.post(tea, "tea", author=person, nonce="n") == writer.post(
        tea, "tea", author=person, nonce="n"
    )


def test_threads_at_once_leave_no_gap(tea):
    def post(n):
        asyncio.run(in_thread(lambda: [writer.post(tea, f"{n}.{m}") for m in range(5)]))

    threads = [threading.Thread(target=post, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(Message.objects.order_by("position").values_list("position", "version")) == [
        (n, n) for n in range(1, 21)
    ]


async def test_what_a_thread_stores_is_shown_in_its_process(tea):
    streams = RoomStreams(hub.get_hub(), in_thread)
    publishing.register(streams)
    stream = await streams.acquire(tea.pk)
    await in_thread(writer.post, tea, "from a view")
    async with asyncio.timeout(5):
        while stream.version < 1:
            await asyncio.sleep(0.01)
    streams.close()
    await hub.get_hub().close()
