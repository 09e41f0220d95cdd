"""What is unread is a number, and the same on every device."""

from tests.messages.client_model import Held
from tests.messages.server import in_thread
from zashiki import permissions
from zashiki.models import Membership
from zashiki.people.identity import person_for_user
from zashiki.rooms.listing import rooms_for


async def test_messages_of_others_are_counted(aiko, ben, tea):
    hers, his = await aiko.device(), await ben.device(tea)
    for body in ("one", "two", "three"):
        await his.says(tea, body)
    entry = await hers.room(tea)
    assert (entry["position"], entry["read_position"], entry["unread"]) == (3, 0, 3)


async def test_whoever_posts_has_read_what_was_said_before(aiko, ben, tea):
    hers, his = await aiko.device(tea), await ben.device(tea)
    await his.says(tea, "one")
    await hers.says(tea, "two")
    assert (await hers.room(tea))["unread"] == 0
    await his.says(tea, "three")
    assert (await hers.room(tea))["unread"] == 1


async def test_reading_on_one_device_clears_the_other(aiko, ben, tea):
    telephone, desk, his = await aiko.device(tea), await aiko.device(), await ben.device(tea)
    await his.says(tea, "one")
    await his.says(tea, "two")
    assert (await desk.room(tea))["unread"] == 2
    assert (await telephone.ask("mark_read", room=tea.pk, position=2))["position"] == 2
    assert (await desk.hears("read_state", room=tea.pk))["position"] == 2
    assert (await desk.room(tea))["unread"] == 0


async def test_reading_never_goes_back_by_itself(aiko, ben, tea):
    hers, his = await aiko.device(tea), await ben.device(tea)
    for body in ("one", "two"):
        await his.says(tea, body)
    await hers.ask("mark_read", room=tea.pk, position=2)
    assert (await hers.ask("mark_read", room=tea.pk, position=1))["position"] == 2
    assert (await hers.ask("mark_read", room=tea.pk, position=99))["position"] == 2


async def test_a_room_can_be_marked_unread_from_a_message_on(aiko, ben, tea):
    hers, desk, his = await aiko.device(tea), await aiko.device(), await ben.device(tea)
    for body in ("one", "two", "three"):
        await his.says(tea, body)
    await hers.ask("mark_read", room=tea.pk, position=3)
    assert (await hers.ask("mark_unread", room=tea.pk, position=2))["position"] == 1
    await desk.hears("read_state", room=tea.pk, position=1)
    assert (await desk.room(tea))["unread"] == 2


async def test_the_bell_rings_for_members_who_sit_elsewhere(aiko, ben, tea):
    hers, his = await aiko.device(), await ben.device(tea)
    await hers.ask("rooms")
    await his.says(tea, "one")
    bell = await hers.hears("activity", room=tea.pk)
    assert bell["position"] == 1
    assert bell["deleted"] == []
    assert bell["messages"] == [{"position": 1, "author": ben.key, "mentions": [], "thread": None}]


async def test_no_bell_rings_for_somebody_who_sits_in_the_room(aiko, ben, tea):
    hers, his = await aiko.device(tea), await ben.device(tea)
    await hers.ask("rooms")
    await his.says(tea, "one")
    await hers.hears("message", room=tea.pk)
    await hers.hears_nothing("activity")
    await hers.ask("unsubscribe", room=tea.pk)
    await his.says(tea, "two")
    assert (await hers.hears("activity", room=tea.pk))["position"] == 2


async def test_the_bell_of_a_busy_room_rings_a_few_times_for_all(aiko, ben, tea):
    hers, his = await aiko.device(), await ben.device(tea)
    await hers.ask("rooms")
    for number in range(40):
        await his.says(tea, str(number))
    rung, position = 0, 0
    while position < 40:
        rung += 1
        position = (await hers.hears("activity", room=tea.pk))["position"]
    assert rung < 20


async def test_nobody_hears_the_bell_of_a_room_that_is_not_theirs(ben, dan, tea):
    stranger, his = await dan.device(), await ben.device(tea)
    assert (await stranger.ask("rooms"))["rooms"] == []
    await his.says(tea, "one")
    await stranger.hears_nothing("activity")
    assert await stranger.is_refused("mark_read", room=tea.pk, position=1) == "not_found"
    assert await stranger.is_refused("draft", room=tea.pk, body="?") == "not_found"


async def test_the_bell_is_silent_when_the_right_has_ended(aiko, ben, tea):
    hers, his = await aiko.device(), await ben.device(tea)
    await hers.ask("rooms")
    await his.says(tea, "one")
    await hers.hears("activity")

    def take_out():
        Membership.objects.filter(room=tea, user=aiko.user).delete()
        permissions.invalidate(room=tea, user=aiko.user)

    await in_thread(take_out)()
    await hers.hears_nothing("activity")
    await his.says(tea, "two")
    await hers.hears_nothing("activity")


async def test_reading_an_open_room_does_not_join_it_and_posting_does(chat_server, aiko, ben):
    porch = await chat_server.room("porch", kind="public")
    hers, his = await aiko.device(porch), await ben.device(porch)
    await his.says(porch, "hello")
    await hers.ask("mark_read", room=porch.pk, position=1)
    assert (await hers.ask("rooms"))["rooms"] == []
    assert (await his.room(porch))["unread"] == 0
    await hers.says(porch, "hello")
    assert (await his.room(porch))["unread"] == 1


async def test_a_draft_follows_from_device_to_device(aiko, tea):
    telephone, desk = await aiko.device(), await aiko.device()
    await telephone.ask("draft", room=tea.pk, body="Shall we")
    assert (await desk.hears("draft", room=tea.pk))["body"] == "Shall we"
    assert (await desk.room(tea))["draft"] == "Shall we"
    await desk.ask("draft", room=tea.pk, body="")
    assert (await telephone.room(tea))["draft"] == ""


async def counts(person, room):
    """What is unread in a room: by a new socket, by the page."""
    entry = await (await person.device()).room(room)
    [listed] = [
        each for each in await in_thread(rooms_for)(person_for_user(person.user)) if each["id"] == room.pk
    ]
    assert entry["unread"] == listed["unread"]
    assert entry["unread"] == entry["position"] - entry["read_position"] - len(entry["deleted"])
    return entry["unread"], len(entry["mentions"])


async def test_what_was_deleted_before_it_was_read_is_not_unread(aiko, ben, tea):
    hers, his = await aiko.device(), await ben.device(tea)
    said = [await his.says(tea, body) for body in ("one", "@aiko two", "@room three")]
    assert await counts(aiko, tea) == (3, 2)
    held = Held(aiko, (await hers.ask("rooms"))["rooms"])
    for left, mentions, message in [(2, 2, said[0]), (1, 1, said[1]), (0, 0, said[2])]:
        await his.ask("delete", message=message["id"])
        assert await counts(aiko, tea) == (left, mentions)
    while held.unread()[tea.pk][0]:
        held.apply(await hers.hears("activity", room=tea.pk))
    assert held.unread()[tea.pk][:2] == (0, ())
    await his.says(tea, "four")
    assert await counts(aiko, tea) == (1, 0)


async def test_deleting_what_was_read_takes_nothing_from_what_is_unread(aiko, ben, tea):
    hers, his = await aiko.device(), await ben.device(tea)
    read, unread = await his.says(tea, "one"), await his.says(tea, "two")
    await hers.ask("mark_read", room=tea.pk, position=read["position"])
    await his.ask("delete", message=read["id"])
    assert await counts(aiko, tea) == (1, 0)
    held = Held(aiko, (await hers.ask("rooms"))["rooms"])
    await his.ask("delete", message=unread["id"])
    held.apply(await hers.hears("activity", room=tea.pk, deleted=[unread["position"]]))
    assert held.unread()[tea.pk][0] == 0


async def test_marking_unread_counts_no_deleted_message(aiko, ben, tea):
    hers, desk, his = await aiko.device(), await aiko.device(), await ben.device(tea)
    said = [await his.says(tea, body) for body in ("one", "two", "three")]
    await hers.ask("mark_read", room=tea.pk, position=3)
    await his.ask("delete", message=said[1]["id"])
    held = Held(aiko, (await desk.ask("rooms"))["rooms"])
    await hers.ask("mark_unread", room=tea.pk, position=1)
    held.apply(await desk.hears("read_state", room=tea.pk, position=0))
    assert held.unread()[tea.pk][0] == 2
    assert await counts(aiko, tea) == (2, 0)


async def test_a_deleted_reply_is_not_unread_in_its_thread(aiko, ben, tea):
    hers, his = await aiko.device(tea), await ben.device(tea)
    root = await hers.says(tea, "root")
    reply = await his.says(tea, "reply", thread=root["id"])
    assert [each["unread"] for each in (await hers.ask("threads"))["threads"]] == [1]
    await his.ask("delete", message=reply["id"])
    assert [each["unread"] for each in (await hers.ask("threads"))["threads"]] in ([], [0])


async def test_many_deletions_are_counted_though_few_are_told(aiko, ben, tea, monkeypatch):
    for module in ("messages.unread", "rooms.listing"):
        monkeypatch.setattr(f"zashiki.{module}.DELETED_LIMIT", 2)
    his = await ben.device(tea)
    for body in ("one", "two", "three", "four"):
        message = await his.says(tea, body)
        await his.ask("delete", message=message["id"])
    entry = await (await aiko.device()).room(tea)
    assert (entry["unread"], entry["deleted"]) == (0, [3, 4])
