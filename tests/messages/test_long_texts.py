"""Texts that take long to render: they cost their author, and are stored in the order in which they were sent."""

import asyncio
import threading

import pytest

from tests.messages.server import in_thread
from zashiki.messages import markdown
from zashiki.models import Message

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


def test_long_texts_are_computed_one_at_a_time_and_short_ones_do_not_wait():
    long = threading.Thread(target=markdown.render, args=("*tea* " * 100,))
    with markdown._one_long_text:
        long.start()
        assert markdown.render("*tea*") == "<p><em>tea</em></p>\n"
        long.join(0.1)
        assert long.is_alive()
    long.join(10)
    assert not long.is_alive()


def test_nobody_waits_for_code_that_is_being_coloured(monkeypatch):
    colouring, go_on = threading.Event(), threading.Event()

    def slow(blocks, author):
        colouring.set()
        assert go_on.wait(10)
        return [None] * len(blocks)

    monkeypatch.setattr(markdown, "colour", slow)
    other = threading.Thread(target=markdown.render, args=("```c\n" + "int a;\n" * 50 + "```",))
    other.start()
    assert colouring.wait(10)
    assert "<em>" in markdown.render("*tea* " * 100)
    go_on.set()
    other.join()
