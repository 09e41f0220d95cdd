"""Every command has a price, and whoever has nothing left is refused with the time to wait."""

import asyncio
import json
import re

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.messages.server import in_thread
from zashiki import wire
from zashiki.limits.rate_limits import COSTS
from zashiki.models import Revision, Room
from zashiki.writer import post
from zashiki.writer.changes import react
from zashiki.writer.kept_revisions import REVISIONS_LIMIT, SIZE_LIMIT

FREE = {"unsubscribe"}
EXAMPLES = {
    "subscribe": {"room": "{room}"},
    "unsubscribe": {"room": "{room}"},
    "typing": {"room": "{room}"},
    "post": {"room": "{room}", "body": "tea", "nonce": "{number}"},
    "edit": {"message": "{message}", "body": "tea {number}"},
    "delete": {"message": "{message}"},
    "react": {"message": "{message}", "emoji": "🍵"},
    "pin": {"message": "{message}"},
    "save": {"message": "{message}"},
    "history": {"room": "{room}"},
    "messages": {"room": "{room}", "ids": ["{message}"]},
    "revisions": {"message": "{message}"},
    "pins": {"room": "{room}"},
    "saved": {},
    "threads": {},
    "suggest_people": {"room": "{room}"},
    "preview": {"room": "{room}", "body": "tea"},
    "rooms": {},
    "mark_read": {"room": "{room}", "position": 1},
    "mark_unread": {"room": "{room}", "position": 1},
    "draft": {"room": "{room}", "body": "te"},
}


def test_every_command_of_the_wire_has_a_price():
    assert COSTS.keys() == set(wire.COMMANDS)
    free = {command.__struct_config__.tag for command, cost in COSTS.items() if not cost.price}
    assert free == FREE
    assert EXAMPLES.keys() == {command.__struct_config__.tag for command in wire.COMMANDS}


async def test_whoever_repeats_a_command_is_told_to_wait(settings, ben, tea):
    for name in sorted(EXAMPLES.keys() - FREE):
        settings.ZASHIKI_POSTS_PER_MINUTE = 0
        message = await in_thread(post)(tea, "tea?", author=ben.user)
        his = await ben.device(tea)
        settings.ZASHIKI_POSTS_PER_MINUTE = 1
        answers = []
        while not answers or answers[-1].get("code") != "rate_limited":
            answers.append(await his._ask(name, filled(EXAMPLES[name], tea, message, len(answers))))
            assert len(answers) < 20, name
        await his.close()
        price = next(cost.price for command, cost in COSTS.items() if command.__struct_config__.tag == name)
        assert 0 < answers[-1]["retry_after"] <= 60 * price, name
        assert len(answers) <= 1 / price + 2, name


def filled(fields, room, message, number):
    values = {'"{room}"': str(room.pk), '"{message}"': str(message.pk), "{number}": str(number)}
    return json.loads(
        re.sub(r'"?\{\w+\}"?', lambda found: values.get(found[0], found[0]), numbered(fields, number))
    )


def numbered(fields, number):
    return json.dumps(fields).replace("{number}", str(number))


async def test_what_is_long_costs_more(settings, ben, tea):
    settings.ZASHIKI_POSTS_PER_MINUTE = 10
    his = await ben.device(tea)
    await his.says(tea, "茶" * 9_000)  # 27,000 bytes: seven begun blocks
    await his.says(tea, "tea")
    assert await his.is_refused("post", room=tea.pk, body="a" * 9_000, nonce="long") == "rate_limited"
    await his.says(tea, "tea")


async def test_a_reaction_to_a_long_message_costs_what_everybody_is_sent(settings, ben, tea):
    settings.ZASHIKI_POSTS_PER_MINUTE = 10
    long = await in_thread(post)(tea, "tea " * 2_400, author=ben.user)  # and as much HTML
    his = await ben.device(tea)
    given = 0
    while (await his._ask("react", {"message": long.pk, "emoji": "🍵", "on": not given % 2}))["type"] == "ok":
        given += 1
    assert 2 <= given <= 5


async def test_a_reply_costs_the_root_that_everybody_is_sent_again(settings, ben, tea):
    settings.ZASHIKI_POSTS_PER_MINUTE = 6
    root = await in_thread(post)(tea, "tea " * 2_400, author=ben.user)
    his = await ben.device(tea)
    await his.says(tea, "one", thread=root.pk)
    assert await his.is_refused("post", room=tea.pk, body="two", nonce="2", thread=root.pk) == "rate_limited"


async def test_a_bucket_outlives_the_socket(settings, ben, tea):
    settings.ZASHIKI_POSTS_PER_MINUTE = 3
    for number in range(3):
        his = await ben.device(tea)
        await his.says(tea, str(number))
        await his.close()
    assert (
        await (await ben.device(tea)).is_refused("post", room=tea.pk, body="four", nonce="4")
        == "rate_limited"
    )


async def test_people_with_an_account_are_not_counted_by_network(settings, chat_server, tea, aiko, ben):
    settings.ZASHIKI_POSTS_PER_MINUTE, settings.ZASHIKI_GUEST_RATE = 20, 2
    for person in (aiko, ben):
        device = await person.device(tea)
        for _ in range(10):
            await device.says(tea, "tea")


async def test_new_rooms_are_few_in_an_hour_and_old_ones_are_not_counted(settings, ben, tea):
    settings.ZASHIKI_ROOM_RATE = 2
    his = await ben.device(tea)
    for name in ("one", "two", "one"):
        await his.ask("subscribe", room=name)
    assert await his.is_refused("subscribe", room="three") == "rate_limited"
    assert not await in_thread(Room.objects.filter(name="three").exists)()
    await his.ask("subscribe", room="two")
    refused = await in_thread(ben.client.post)(
        "/chat/room/new/", {"name": "three", "kind": "public", "posting": "everybody"}
    )
    assert refused.status_code == 400


async def test_forms_have_a_price(settings, ben, tea):
    settings.ZASHIKI_POSTS_PER_MINUTE = 2
    answers = [await in_thread(ben.client.post)(f"/chat/room/{tea.pk}/join/") for _ in range(4)]
    assert [answer.status_code for answer in answers][-2:] == [429, 429]
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60


async def test_of_a_message_that_is_edited_often_the_first_text_and_the_newest_are_kept(ben, tea):
    his = await ben.device(tea)
    message = await his.says(tea, "first")
    edits = [his.ask("edit", message=message["id"], body=f"tea {number}") for number in range(60)]
    for edit in edits:
        await edit
    bodies = [each["body"] for each in (await his.ask("revisions", message=message["id"]))["revisions"]]
    assert bodies == ["first", *(f"tea {number}" for number in range(59 - REVISIONS_LIMIT + 1, 59))]


async def test_the_revisions_of_a_message_have_an_end_in_bytes(ben, tea):
    his = await ben.device(tea)
    message = await his.says(tea, "first")
    await asyncio.gather(
        *(his.ask("edit", message=message["id"], body=f"{number} " * 3_000) for number in range(10, 50))
    )
    kept = await in_thread(list)(Revision.objects.filter(message=message["id"]))
    assert kept[0].body == "first" and kept[-1].body.startswith("48")
    assert sum(len(each.body) + len(each.html) for each in kept) <= SIZE_LIMIT


async def test_reactions_of_a_message_have_an_end(monkeypatch, aiko, ben, tea):
    monkeypatch.setattr(react, "REACTIONS_LIMIT", 3)
    message = await in_thread(post)(tea, "tea?", author=ben.user)
    his, hers = await ben.device(tea), await aiko.device(tea)
    for device, emoji in ((his, "🍵"), (hers, "🍵"), (his, "🍰")):
        await device.ask("react", message=message.pk, emoji=emoji)
    assert await hers.is_refused("react", message=message.pk, emoji="🍰") == "invalid"
    await hers.ask("react", message=message.pk, emoji="🍵", on=False)
    await hers.ask("react", message=message.pk, emoji="🍰")


async def test_guests_of_one_network_have_so_many_sockets(settings, chat_server, tea):
    settings.ZASHIKI_GUEST_CONNECTIONS = 2
    url = f"ws://127.0.0.1:{chat_server.port}/ws/zashiki/"
    async with connect(url, proxy=None), connect(url, proxy=None):
        async with connect(url, proxy=None) as third:
            with pytest.raises(ConnectionClosed) as closed:
                await third.recv()
        assert closed.value.rcvd.code == 1013
    async with connect(url, proxy=None) as again:
        await again.send('{"type": "subscribe", "room": "open"}')
        assert json.loads(await again.recv())["type"] == "ok"
