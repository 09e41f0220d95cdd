"""docs/wire.md says of every field what is so: which may be left out, which may be null, and what answers and events carry."""

import asyncio
import json
import re
import uuid
from collections import defaultdict

import msgspec
import pytest
from msgspec import NODEFAULT, UNSET
from msgspec.structs import fields
from websockets.asyncio.client import connect

from tests.docs.test_wire_page import PAGE, rows, section
from tests.messages.server import PATIENCE
from zashiki import wire
from zashiki.wire.codec import CommandError

DEFAULTS = {"on": True, "in_room": False, "limit": 50, "query": "", "room": UNSET}
COMMANDS = {command.__struct_config__.tag: command for command in wire.COMMANDS}


def cells(title):
    """Each row of the tables in a section: its name, and its other cells."""
    lines = [line.strip("|").split("|") for line in section(title).splitlines() if line.startswith("| `")]
    return {first.strip(" `"): more for first, *more in lines}


def words(cell):
    return set(re.findall(r"`([a-z_]+)`", cell)) - {"null"}


@pytest.mark.parametrize("name", COMMANDS)
def test_what_may_be_left_out_is_marked(name):
    cell = rows("Commands")[name]
    marked = set(re.findall(r"`([a-z_]+)`\?", cell))
    optional = {
        each.name: each.default
        for each in fields(COMMANDS[name])
        if each.name != "ref" and each.default is not NODEFAULT
    }
    assert marked == optional.keys()
    for field, default in optional.items():
        assert default is None or default == DEFAULTS[field], field


def test_only_sit_takes_a_name():
    for name, command in COMMANDS.items():
        if "room" in command.__struct_fields__:
            given = {each.name: 1 for each in fields(command) if each.default is NODEFAULT}
            given |= (
                {"room": "tea", "type": name}
                | ({"body": "x"} if "body" in given else {})
                | ({"nonce": "n"} if "nonce" in given else {})
            )
            given |= {"ids": [1]} if "ids" in given else {}
            try:
                wire.decode(json.dumps(given))
                takes_a_name = True
            except CommandError:
                takes_a_name = False
            assert takes_a_name == (name == "subscribe"), name


@pytest.mark.parametrize("nonce", ["a b", " ", "", "é", "x" * 65, "\t"])
def test_a_nonce_has_no_space(nonce):
    with pytest.raises(CommandError):
        wire.decode(json.dumps({"type": "post", "room": 1, "body": "x", "nonce": nonce}))


def example(title, word):
    """The example in a section that contains a word."""
    (found,) = [text for text in re.findall(r"```json\n(.*?)```", section(title), re.DOTALL) if word in text]
    return json.loads(found)


def same_shape(shown, real, path=""):
    """Whether both have the same fields of the same types, all the way down."""
    if isinstance(shown, dict) and isinstance(real, dict):
        assert shown.keys() == real.keys(), path
        for key in shown:
            same_shape(shown[key], real[key], f"{path}.{key}")
    elif isinstance(shown, list) and shown and real:
        same_shape(shown[0], real[0], f"{path}[]")
    elif shown is not None and real is not None:
        assert type(shown) is type(real), path


@pytest.fixture
async def conversation(chat_server, aiko, ben, tea):
    """Every command once: its answer by its name; and all events that were heard, by theirs."""
    answers, events = {}, defaultdict(list)
    here = await aiko.device()
    other, elsewhere = await aiko.device(), await ben.device(tea)
    await elsewhere.ask("rooms")

    async def ask(name, **given):
        answers[name] = await here.ask(name, **given)
        return answers[name]

    await ask("subscribe", room=tea.pk)
    await ask("rooms")
    await other.ask("rooms")
    asked = (await elsewhere.ask("post", room=tea.pk, body="Tea?", nonce=uuid.uuid4().hex))["message"]
    posted = (
        await ask("post", room=tea.pk, body="**ready** @ben", nonce=uuid.uuid4().hex, reply_to=asked["id"])
    )["message"]
    await elsewhere.ask("post", room=tea.pk, body="yes", nonce=uuid.uuid4().hex, thread=posted["id"])
    await ask("react", message=posted["id"], emoji="🍵")
    await ask("pin", message=posted["id"])
    await ask("edit", message=posted["id"], body="**ready**, @ben")
    for name, given in [
        ("save", {"message": posted["id"]}),
        ("history", {"room": tea.pk}),
        ("messages", {"room": tea.pk, "ids": [posted["id"]]}),
        ("preview", {"room": tea.pk, "body": "x"}),
        ("revisions", {"message": posted["id"]}),
        ("pins", {"room": tea.pk}),
        ("suggest_people", {"room": tea.pk}),
        ("saved", {}),
        ("threads", {}),
        ("mark_read", {"room": tea.pk, "position": 2}),
        ("mark_unread", {"room": tea.pk, "position": 1}),
        ("draft", {"room": tea.pk, "body": "x"}),
        ("typing", {"room": tea.pk}),
        ("delete", {"message": posted["id"]}),
    ]:
        await ask(name, **given)
    shown = (await here.ask("messages", room=tea.pk, ids=[asked["id"]]))["messages"][0]
    await ask("unsubscribe", room=tea.pk)
    events["presence"].append(await elsewhere.hears("presence"))
    for device in (here, other, elsewhere):
        for event in list(device._events):
            events[event["type"]].append(event)
    return answers, events, (asked, posted, shown)


@pytest.mark.django_db(transaction=True)
async def test_answers_and_events_carry_what_is_written(conversation):
    answers, events, messages = conversation
    for name, (_, carried) in cells("Commands").items():
        real = answers[name].keys() - {"type", "ref"}
        nested = {key for value in answers[name].values() for each in listed(value) for key in each}
        assert real <= words(carried), name
        assert words(carried) - wire.EVENTS <= real | nested, name
    written = {name: words(cell) for name, (cell,) in cells("Events").items()}
    assert {
        "message",
        "activity",
        "read_state",
        "draft",
        "message_saved",
        "typing",
        "presence",
    } <= events.keys()
    for name, heard in events.items():
        for event in heard:
            assert event.keys() - {"type"} <= written[name], name
    same_shape(example("Commands", '"presence"'), answers["subscribe"])
    for message in messages:
        same_shape(example("A message", '"reactions"'), message)


def listed(value):
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, dict)]


@pytest.mark.django_db(transaction=True)
async def test_a_command_without_a_ref_is_answered_too(chat_server, aiko, tea):
    device = await aiko.device(tea)
    for frame in ({"type": "typing", "room": tea.pk}, {"type": "typing", "room": tea.pk, "ref": None}):
        answer = await answer_without_ref(device, json.dumps(frame))
        assert answer == {"type": "ok", "ref": None}
    assert (await answer_without_ref(device, "no json"))["code"] == "malformed"


async def answer_without_ref(device, frame):
    waiting = device._answers[None] = asyncio.get_running_loop().create_future()
    await device._socket.send(frame)
    return await asyncio.wait_for(waiting, PATIENCE)


def test_the_examples_are_json():
    for text in re.findall(r"```json\n(.*?)```", section("Commands") + section("A message"), re.DOTALL):
        for line in [text] if text.count('"type"') < 2 else text.splitlines():
            msgspec.json.decode(line.replace(", …", ""))


@pytest.mark.django_db(transaction=True)
async def test_the_tutorials_dialect_is_as_shown(chat_server, aiko):
    shown = json.loads(re.search(r"```json\n(\{\"message\": \"text\".*?)```", PAGE, re.DOTALL)[1])
    cookie = f"sessionid={aiko.client.cookies['sessionid'].value}"
    address = f"ws://127.0.0.1:{chat_server.port}/ws/zashiki/chat/dialect/"
    async with connect(address, additional_headers={"Cookie": cookie}, proxy=None) as socket:
        await socket.send(json.dumps({"message": "text"}))
        same_shape(shown, json.loads(await asyncio.wait_for(socket.recv(), PATIENCE)))
