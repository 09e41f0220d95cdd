"""A thread is a talk beside the talk: out of the room's way, and never lost."""

from django.utils import timezone

from tests.messages.server import in_thread
from zashiki.models import Message, Room
from zashiki.realtime import runtime


async def thread(device, room, *replies):
    root = await device.says(room, "root")
    for body in replies:
        await device.says(room, body, thread=root["id"])
    return root


def bodies(messages):
    return [each["body"] for each in messages]


async def test_replies_are_out_of_the_room_and_in_their_thread(ben, tea):
    his = await ben.device(tea)
    root = await thread(his, tea, "one", "two")
    assert bodies((await his.ask("history", room=tea.pk))["messages"]) == ["root"]
    assert bodies((await his.ask("history", room=tea.pk, thread=root["id"]))["messages"]) == ["one", "two"]


async def test_a_reply_can_be_shown_in_the_room_too(ben, tea):
    his = await ben.device(tea)
    root = await thread(his, tea)
    reply = await his.says(tea, "everybody should see this", thread=root["id"], in_room=True)
    assert reply["thread"] == {"id": root["id"], "position": 1}
    assert bodies((await his.ask("history", room=tea.pk))["messages"]) == [
        "root",
        "everybody should see this",
    ]


async def test_the_root_tells_of_its_replies_in_a_new_version(aiko, ben, tea):
    hers, his = await aiko.device(tea), await ben.device(tea)
    root = await thread(his, tea)
    await hers.hears_state(root)
    reply = await hers.says(tea, "one", thread=root["id"])
    assert reply["version"] == 2
    state = (await his.hears("message", version=3))["message"]
    assert state["id"] == root["id"]
    assert (state["replies"]["count"], state["replies"]["last_position"]) == (1, 2)
    assert state["replies"]["last_at"] == reply["posted_at"]
    assert state["replies"]["people"] == [{"id": aiko.key, "name": "Aiko Tanaka"}]


async def test_a_deleted_reply_is_not_counted(ben, tea):
    his = await ben.device(tea)
    root = await thread(his, tea)
    reply = await his.says(tea, "one", thread=root["id"])
    await his.ask("delete", message=reply["id"])
    [state] = (await his.ask("messages", room=tea.pk, ids=[root["id"]]))["messages"]
    assert state["replies"] is None


async def test_there_are_no_threads_within_threads(ben, tea):
    his = await ben.device(tea)
    root = await thread(his, tea)
    reply = await his.says(tea, "one", thread=root["id"])
    refusal = await his.is_refused("post", room=tea.pk, body="two", nonce="n", thread=reply["id"])
    assert refusal == "not_found"


async def test_whoever_takes_part_follows_the_thread(chat_server, aiko, ben):
    chie = await chat_server.person("Chie")
    dora = await chat_server.person("Dora")
    room = await chat_server.room("garden", aiko, ben, chie, dora)
    hers, his = await aiko.device(room), await ben.device(room)
    root = await thread(hers, room)
    await his.says(room, f"@[Chie]({chie.key}) what do you say?", thread=root["id"])
    for person, unread in ((aiko, 1), (ben, 0), (chie, 1)):
        [followed] = (await (await person.device()).ask("threads"))["threads"]
        assert followed["root"]["id"] == root["id"]
        assert followed["unread"] == unread, person.user
    assert (await (await dora.device()).ask("threads"))["threads"] == []


async def test_reading_a_thread_clears_it_on_every_device(aiko, ben, tea):
    hers, desk, his = await aiko.device(tea), await aiko.device(), await ben.device(tea)
    root = await thread(hers, tea)
    reply = await his.says(tea, "one", thread=root["id"])
    assert (await desk.ask("threads"))["threads"][0]["unread"] == 1
    await hers.ask("mark_read", room=tea.pk, position=reply["position"], thread=root["id"])
    assert (await desk.hears("read_state"))["thread"] == root["id"]
    assert (await desk.ask("threads"))["threads"][0]["unread"] == 0


async def test_the_thread_with_the_latest_reply_is_first(aiko, ben, tea):
    hers, his = await aiko.device(tea), await ben.device(tea)
    first, second = await thread(hers, tea, "a"), await thread(hers, tea, "b")
    await his.says(tea, "c", thread=first["id"])
    followed = (await hers.ask("threads"))["threads"]
    assert [each["root"]["id"] for each in followed] == [first["id"], second["id"]]


async def test_the_bell_tells_of_a_reply_and_whose_thread_it_is(aiko, ben, tea):
    hers, his, elsewhere = await aiko.device(tea), await ben.device(tea), await aiko.device()
    root = await thread(hers, tea)
    await elsewhere.ask("rooms")
    reply = await his.says(tea, "one", thread=root["id"])
    bell = await elsewhere.hears("activity", room=tea.pk)
    assert bell["messages"] == [
        {**told_of(reply), "thread": {"id": root["id"], "position": 1}},
        {**told_of(root), "thread": None},
    ]


async def test_the_heartbeat_tells_of_a_reply_that_no_bell_rang_for(aiko, ben, tea):
    hers, elsewhere = await aiko.device(tea), await aiko.device()
    root = await thread(hers, tea)
    await elsewhere.ask("rooms")
    await in_thread(reply_in_silence)(tea.pk, root["id"], ben.key)
    await runtime.get_runtime().activity.reconcile()
    [told] = (await elsewhere.hears("activity", room=tea.pk))["messages"]
    assert told == {
        "position": 2,
        "author": ben.key,
        "mentions": [],
        "thread": {"id": root["id"], "position": 1},
    }


async def test_a_reaction_to_the_root_of_a_thread_rings_no_bell(aiko, ben, tea):
    his, elsewhere = await ben.device(tea), await aiko.device()
    root = await thread(his, tea, "one")
    await elsewhere.ask("rooms")
    await his.ask("react", message=root["id"], emoji="🍵", on=True)
    await elsewhere.hears_nothing("activity")


def reply_in_silence(room_id, root_id, author):
    """As another process stores it whose ring is lost."""
    stored = {"room_id": room_id, "position": 2, "version": 2, "posted_at": timezone.now()}
    Message.objects.create(author_key=author, author_name="Ben", thread_id=root_id, nonce="n", **stored)
    Room.objects.filter(pk=room_id).update(position=2, version=2)


def told_of(message):
    return {
        "position": message["position"],
        "author": message["author"]["id"],
        "mentions": message["mentions"],
    }
