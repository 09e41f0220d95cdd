"""What becomes of a room is seen over real sockets: at once, late, after a gap, and never by whoever has no right to it."""

import asyncio
import json

import pytest
from websockets.asyncio.client import connect

from tests.messages.server import SILENCE, LiveServer
from tests.support.database_threads import in_thread
from zashiki import writer
from zashiki.models import Kind, Role
from zashiki.rooms import actions as room_actions
from zashiki.rooms import members
from zashiki.writer.changes.room import ChangeRoom
from zashiki.writer.store import store


@pytest.fixture(autouse=True)
def rung():
    """Here everything is rung in earnest."""


@pytest.fixture
async def chat_server(transactional_db):
    chat_server = await LiveServer().open()
    yield chat_server
    await chat_server.close()


@pytest.fixture
async def aiko(chat_server):
    return await chat_server.person("Aiko")


@pytest.fixture
async def ben(chat_server):
    return await chat_server.person("Ben")


@pytest.fixture
async def tea(aiko, ben):
    room = await in_thread(room_actions.create, aiko.user, "tea")
    await in_thread(members.add, room, ben.user)
    return room


async def state_heard(device):
    return (await device.hears("room"))["room"]


async def test_a_change_of_the_room_is_shown_at_once(tea, ben):
    device = await ben.device(tea)
    await in_thread(room_actions.describe, tea, "Green")
    event = await device.hears("room")
    assert (event["version"], event["room"]["description"]) == (1, "Green")


async def test_messages_and_the_room_itself_come_in_the_order_of_versions(tea, ben):
    device = await ben.device(tea)
    await in_thread(writer.post, tea, "one")
    await in_thread(room_actions.describe, tea, "Green")
    await in_thread(writer.post, tea, "two")
    await device.hears("message", version=3)
    assert [event["version"] for event in device._events if event["type"] in {"message", "room"}] == [1, 2]


async def test_what_was_not_announced_is_found_before_what_follows(tea, ben):
    device = await ben.device(tea)
    await in_thread(store, [ChangeRoom(room_id=tea.pk, person=None, fields={"description": "Green"})])
    await in_thread(writer.post, tea, "one")
    assert (await device.hears("message"))["version"] == 2
    assert (await device.hears("room"))["version"] == 1


async def test_who_comes_back_gets_what_they_missed_and_no_more(tea, ben):
    device = await ben.device()
    epoch = (await device.sits(tea))["epoch"]
    await device.ask("unsubscribe", room=tea.pk)
    await in_thread(writer.post, tea, "one")
    await in_thread(room_actions.rename, tea, "coffee")
    answer = await device.sits(tea, since=1, epoch=epoch)
    assert not answer["limited"]
    assert (await state_heard(device))["name"] == "coffee"
    await device.ask("unsubscribe", room=tea.pk)
    await device.sits(tea, since=2, epoch=epoch)
    await device.hears_nothing("room")


async def test_who_missed_too_much_gets_the_room_as_it_is_with_the_newest_page(tea, ben, settings):
    settings.ZASHIKI_CATCH_UP_LIMIT = 2
    await in_thread(room_actions.rename, tea, "coffee")
    for number in range(4):
        await in_thread(writer.post, tea, str(number))
    device = await ben.device()
    assert (await device.sits(tea, since=0, epoch=None))["limited"]
    assert (await state_heard(device))["name"] == "coffee"


async def test_a_client_of_the_tutorial_hears_nothing_of_it(chat_server, tea):
    async with connect(f"ws://127.0.0.1:{chat_server.port}/ws/chat/tea/", proxy=None) as socket:
        await in_thread(room_actions.describe, tea, "Green")
        await in_thread(writer.post, tea, "one")
        assert json.loads(await socket.recv())["message"] == "one"
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(SILENCE):
                await socket.recv()


async def test_who_may_not_post_any_more_is_told(tea, aiko, ben):
    member, owner = await ben.device(tea), await aiko.device(tea)
    await in_thread(room_actions.restrict_posting, tea)
    assert (await member.hears("permissions"))["permissions"]["post"] is False
    assert await member.is_refused("post", room=tea.pk, body="x", nonce="1") == "forbidden"
    await owner.says(tea, "Tea at four")
    await in_thread(members.change_role, tea, ben.user, Role.MODERATOR)
    assert (await member.hears("permissions"))["permissions"]["post"] is True
    await member.says(tea, "I shall come")
    await owner.hears_nothing("permissions")


async def test_nothing_changes_in_an_archived_room(tea, ben):
    device = await ben.device(tea)
    message = await device.says(tea, "one")
    await in_thread(room_actions.archive, tea)
    await device.hears("permissions")
    for command in (
        {"type": "post", "room": tea.pk, "body": "two", "nonce": "2"},
        {"type": "edit", "message": message["id"], "body": "three"},
        {"type": "delete", "message": message["id"]},
        {"type": "react", "message": message["id"], "emoji": "🍵"},
    ):
        assert await device.is_refused(**command) == "forbidden"
    assert [each["body"] for each in (await device.ask("history", room=tea.pk))["messages"]] == ["one"]


@pytest.mark.parametrize("how", ["removed", "left", "made private"])
async def test_whose_right_ends_hears_nothing_more(chat_server, tea, ben, how):
    guest = await chat_server.person("Olga") if how == "made private" else ben
    if how != "made private":
        await in_thread(room_actions.make_private, tea)
    device = await guest.device(tea)
    end = {
        "removed": lambda: members.remove(tea, guest.user),
        "left": lambda: members.leave(tea, guest.user),
        "made private": lambda: room_actions.make_private(tea),
    }[how]
    before = asyncio.get_running_loop().time()
    await in_thread(end)
    await device.hears("unsubscribed", room=tea.pk)
    assert asyncio.get_running_loop().time() - before < 1
    await in_thread(room_actions.describe, tea, "Secret")
    await in_thread(writer.post, tea, "Only for us")
    await device.hears_nothing("message")
    assert not [event for event in device._events if "Secret" in json.dumps(event)]
    assert await device.is_refused("subscribe", room=tea.pk) == "not_found"


async def test_lists_of_rooms_are_asked_for_again(tea, aiko, ben):
    device = await ben.device()
    await in_thread(room_actions.rename, tea, "coffee")
    await device.hears("rooms_changed")
    await in_thread(room_actions.create, aiko.user, "other", kind=Kind.PRIVATE)
    await device.hears_nothing("rooms_changed")


async def test_a_change_by_another_process_is_shown_in_place_of_the_older_one(tea, ben):
    device = await ben.device(tea)
    for description in ("one", "two", "three"):
        await in_thread(room_actions.describe, tea, description)
    while (await state_heard(device))["description"] != "three":
        pass
    late = await ben.device()
    await late.sits(tea, since=0, epoch=None)
    assert (await state_heard(late))["description"] == "three"
    await late.hears_nothing("room")
