"""What became of a message, and finding it again."""

import pytest

from tests.messages.server import in_thread
from zashiki.models import Message, Revision


async def test_an_edit_keeps_what_was_said_before(aiko, ben, tea):
    hers, his = await aiko.device(tea), await ben.device(tea)
    message = await his.says(tea, "tee")
    await his.ask("edit", message=message["id"], body="tea")
    await his.ask("edit", message=message["id"], body="tea!")
    revisions = (await hers.ask("revisions", message=message["id"]))["revisions"]
    assert [each["body"] for each in revisions] == ["tee", "tea"]
    assert revisions[0]["written_at"] == message["posted_at"]
    assert revisions[0]["html"] == "<p>tee</p>\n"


async def test_a_deletion_leaves_no_text_anywhere(ben, tea):
    his = await ben.device(tea)
    message = await his.says(tea, "secret")
    await his.ask("edit", message=message["id"], body="secret too")
    tombstone = (await his.ask("delete", message=message["id"]))["message"]
    assert tombstone["deleted"] and tombstone["body"] == tombstone["html"] == ""
    assert await in_thread(Revision.objects.count)() == 0
    assert (await his.ask("revisions", message=message["id"]))["revisions"] == []


@pytest.mark.parametrize("command", ["revisions", "edit", "delete", "react", "pin", "save"])
async def test_nobody_from_outside_touches_a_message(ben, dan, tea, command):
    message = await (await ben.device(tea)).says(tea, "ours")
    fields = {"message": message["id"], "body": "?", "emoji": "🍵"}
    assert await (await dan.device()).is_refused(command, **fields) == "not_found"


async def test_an_answer_says_whose_words_it_answers_and_not_which(aiko, ben, tea):
    hers, his = await aiko.device(tea), await ben.device(tea)
    question = await his.says(tea, "tea?")
    answer = await hers.says(tea, "yes", reply_to=question["id"])
    assert answer["reply_to"] == {
        "id": question["id"],
        "position": 1,
        "author": {"id": ben.key, "name": "Ben"},
    }
    [quoted] = (await his.ask("messages", room=tea.pk, ids=[question["id"], 10**9]))["messages"]
    assert quoted["body"] == "tea?"
    page = await his.ask("history", room=tea.pk, after=1)
    assert [each["body"] for each in page["messages"]] == ["yes"]
    assert [each["body"] for each in page["quoted"]] == ["tea?"]
    await his.ask("delete", message=question["id"])
    page = await his.ask("history", room=tea.pk, after=1)
    assert page["quoted"][0]["deleted"] and page["quoted"][0]["body"] == ""


async def test_messages_of_other_rooms_are_not_given_out(chat_server, aiko, ben, tea):
    garden = await chat_server.room("garden", ben)
    secret = await (await ben.device(garden)).says(garden, "secret")
    hers = await aiko.device(tea)
    assert (await hers.ask("messages", room=tea.pk, ids=[secret["id"]]))["messages"] == []
    assert (
        await hers.is_refused("post", room=tea.pk, body="?", nonce="n", reply_to=secret["id"]) == "not_found"
    )
    assert await hers.is_refused("post", room=tea.pk, body="?", nonce="n", thread=secret["id"]) == "not_found"
    assert await hers.is_refused("pins", room=garden.pk) == "not_subscribed"


async def test_a_pin_is_seen_by_everybody(aiko, ben, tea):
    hers, his = await aiko.device(tea), await ben.device(tea)
    first, second = await his.says(tea, "one"), await his.says(tea, "two")
    pinned = (await hers.ask("pin", message=first["id"]))["message"]["pinned"]
    assert pinned["by"] == {"id": aiko.key, "name": "Aiko Tanaka"}
    await hers.ask("pin", message=second["id"])
    assert (await his.hears("message", version=3))["message"]["pinned"]["at"] == pinned["at"]
    assert [each["body"] for each in (await his.ask("pins", room=tea.pk))["messages"]] == ["two", "one"]
    assert (await his.ask("pin", message=first["id"], on=False))["message"]["pinned"] is None
    await his.ask("delete", message=second["id"])
    assert (await his.ask("pins", room=tea.pk))["messages"] == []


async def test_what_is_pinned_already_takes_no_version(ben, tea):
    his = await ben.device(tea)
    message = await his.says(tea, "one")
    once = await his.ask("pin", message=message["id"])
    twice = await his.ask("pin", message=message["id"])
    assert once["message"] == twice["message"]


async def test_what_somebody_saves_is_theirs_alone(aiko, ben, tea):
    telephone, desk, his = await aiko.device(tea), await aiko.device(), await ben.device(tea)
    message = await his.says(tea, "remember this")
    await telephone.ask("save", message=message["id"])
    assert (await desk.hears("message_saved"))["message"] == message["id"]
    assert [each["body"] for each in (await desk.ask("saved"))["messages"]] == ["remember this"]
    assert (await his.ask("saved"))["messages"] == []
    await telephone.ask("save", message=message["id"], on=False)
    assert (await desk.ask("saved"))["messages"] == []


async def test_what_is_saved_is_hidden_when_the_right_has_ended(aiko, ben, tea):
    hers = await aiko.device(tea)
    message = await (await ben.device(tea)).says(tea, "remember this")
    await hers.ask("save", message=message["id"])
    await in_thread(tea.memberships.filter(user=aiko.user).delete)()
    assert (await hers.ask("saved"))["messages"] == []


async def test_a_page_begins_at_a_date(ben, tea):
    his = await ben.device(tea)
    for number in range(1, 8):
        await his.says(tea, str(number))

    def spread():
        for message in Message.objects.all():
            message.posted_at = f"2026-01-0{message.position}T12:00:00Z"
            message.save()

    await in_thread(spread)()
    page = await his.ask("history", room=tea.pk, around_time="2026-01-04T00:00:00+00:00", limit=4)
    assert [each["position"] for each in page["messages"]] == [2, 3, 4, 5]
    assert page["more_before"] and page["more_after"]
    page = await his.ask("history", room=tea.pk, around_time="2031-01-01T00:00:00Z", limit=4)
    assert [each["position"] for each in page["messages"]] == [6, 7]
    assert await his.is_refused("history", room=tea.pk, around_time="2031-01-01") == "invalid"


async def test_a_page_lies_around_the_place_of_a_deleted_message(ben, tea):
    his = await ben.device(tea)
    posted = [await his.says(tea, str(number)) for number in range(1, 6)]
    await his.ask("delete", message=posted[2]["id"])
    page = await his.ask("history", room=tea.pk, around=3, limit=3)
    assert [(each["position"], each["deleted"]) for each in page["messages"]] == [
        (2, False),
        (3, True),
        (4, False),
    ]


async def test_signs_by_name_are_shown(ben, tea):
    assert "🍵" in (await (await ben.device(tea)).says(tea, ":tea:"))["html"]
