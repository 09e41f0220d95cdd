"""Texts that take long to render: they cost their author, and are stored in the order in which they were sent."""

import asyncio
import threading
import time

import pytest

from tests.invalid_input.shapes import shapes
from tests.messages.server import in_thread
from zashiki.messages import rendering
from zashiki.messages.markdown import is_plain, to_html
from zashiki.messages.mention_marker import MentionMarker
from zashiki.models import Message
from zashiki.sandbox.pool import CannotStart

ENDLESS = '```scala\n"' + "\\" * 60 + "\n```"
LONG = "**tea** " * 1000


async def test_posts_of_one_socket_are_stored_in_the_order_sent_whatever_they_take(ben, tea):
    his = await ben.device(tea)
    bodies = [ENDLESS, "1", LONG.strip(), "2", "```python\npour()\n```", "3"]
    await asyncio.gather(*(his.says(tea, body) for body in bodies))
    rows = Message.objects.order_by("position").values_list("body", "html")
    found = await in_thread(list)(rows)
    assert [body for body, _ in found] == bodies
    assert '<span class="n">pour</span>' in found[4][1] and "<span" not in found[0][1]


async def test_edits_are_rendered_likewise(ben, tea):
    his = await ben.device(tea)
    message = await his.says(tea, "tea")
    edited = (await his.ask("edit", message=message["id"], body=ENDLESS))["message"]
    assert edited["html"].startswith('<div class="code"><pre><code>') and "<span" not in edited["html"]
    longer = await his.ask("edit", message=message["id"], body=f"{LONG}@[Aiko](u1) @ben")
    assert longer["message"]["mentions"] == [ben.key]


async def test_while_one_person_previews_what_does_not_end_others_read_and_write(aiko, ben, tea):
    hers, his = await aiko.device(tea), await ben.device(tea)
    previews = [asyncio.create_task(hers.ask("preview", room=tea.pk, body=ENDLESS)) for _ in range(20)]
    done = 0
    while not all(preview.done() for preview in previews):
        await his.says(tea, f"{done}")
        await his.ask("history", room=tea.pk)
        html = (await his.ask("preview", room=tea.pk, body="```python\npour()\n```"))["html"]
        assert '<span class="n">pour</span>' in html
        done += 1
    assert done > 3
    assert {preview.result()["html"] for preview in previews} == {previews[0].result()["html"]}


@pytest.mark.parametrize("body", [ENDLESS, "```c" + "\n" * 9_985])
async def test_the_known_worst_are_stored_and_shown_plainly(ben, tea, body):
    message = await (await ben.device(tea)).says(tea, body)
    assert "<span" not in message["html"]


@pytest.fixture
def no_child(monkeypatch):
    """No child process can be started."""

    def cannot_start(request, seconds):
        raise CannotStart("no process can be started")

    monkeypatch.setattr(rendering.pool, "ask", cannot_start)


def test_without_a_child_process_heavy_texts_are_rendered_one_at_a_time_and_short_ones_do_not_wait(no_child):
    heavy = threading.Thread(target=rendering.render, args=("*tea* " * 100,))
    with rendering._one_heavy_text:
        heavy.start()
        assert rendering.render("*tea*") == "<p><em>tea</em></p>\n"
        heavy.join(0.1)
        assert heavy.is_alive()
    heavy.join(10)
    assert not heavy.is_alive()


MARKED = "*tea* @aiko @[Ben](u2) https://tea.example/\n\n- a\n  1. b\n\n|a|b|\n|-|-|\n|c|@room|\n" * 8


@pytest.mark.parametrize(
    "body", [MARKED, *(text for text in list(shapes().values())[::3] if not is_plain(text))]
)
def test_a_child_process_renders_the_same_html_as_this_process(monkeypatch, body):
    people = {(7, "@aiko"): ("u1", "Aiko <i>"), (7, "u2"): ("u2", "ベン"), (8, "@ben"): ("u3", "Ben")}
    apart, here = MentionMarker(7, people), MentionMarker(7, people)
    monkeypatch.setattr(rendering, "_seconds_for", lambda author: 0.0)  # highlighting has tests of its own
    assert rendering.render(body, apart) == to_html(body, here.mark, lambda blocks: [None] * len(blocks))
    assert apart.keys == here.keys


def test_a_heavy_text_costs_the_process_that_serves_next_to_nothing():
    rendering.render(MARKED)
    begun = time.thread_time()
    rendering.render("@[" * 5_000)
    assert time.thread_time() - begun < 0.01
