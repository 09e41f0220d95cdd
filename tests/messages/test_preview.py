"""What is being written can be looked at before it is said."""

import pytest

from tests.messages.server import in_thread
from zashiki.models import Message


async def test_a_preview_is_the_html_that_the_message_will_have(aiko, ben, tea):
    his = await ben.device(tea)
    body = f"**tea** for @[Aiko]({aiko.key})\n\n```python\npour()\n```"
    preview = await his.ask("preview", room=tea.pk, body=body)
    assert await in_thread(Message.objects.count)() == 0
    assert preview["html"] == (await his.says(tea, body))["html"]


@pytest.mark.parametrize(("body", "code"), [(" \n", "empty"), ("a" * 10001, "too_long"), ("\0", "invalid")])
async def test_what_cannot_be_said_cannot_be_previewed(ben, tea, body, code):
    assert await (await ben.device(tea)).is_refused("preview", room=tea.pk, body=body) == code


async def test_only_who_sits_in_the_room_gets_a_preview(dan, tea):
    assert await (await dan.device()).is_refused("preview", room=tea.pk, body="tea") == "not_subscribed"


async def test_previews_are_as_many_as_posts_and_do_not_use_them_up(settings, ben, tea):
    settings.ZASHIKI_POSTS_PER_MINUTE = 3  # one of them is kept for connecting and subscription down
    his = await ben.device(tea)
    for _ in range(2):
        await his.ask("preview", room=tea.pk, body="tea")
    assert await his.is_refused("preview", room=tea.pk, body="tea") == "rate_limited"
    await his.says(tea, "tea")
