"""Who is spoken to in a message, and who learns of it."""

import pytest

from tests.messages.server import in_thread
from zashiki.messages.mention_marker import MentionMarker
from zashiki.messages.mentions import mention_candidates, plain_text
from zashiki.messages.rendering import render
from zashiki.models import Mention, Message

AIKO = ("u3", "Aiko Tanaka")
PEOPLE = {(7, "u3"): AIKO, (7, "@aiko"): AIKO, (7, "u4"): ("u4", "田中 <太郎>"), (7, "v0a"): ("v0a", "Guest")}


def spoken(body):
    marker = MentionMarker(7, PEOPLE)
    return render(body, marker).strip(), marker.keys


@pytest.mark.parametrize(
    ("body", "keys"),
    [
        ("@[Aiko Tanaka](u3) tea?", ["u3"]),
        ("@[田中](u4)さん、お茶は?", ["u4"]),
        ("@[Aiko](u3), @[Guest](v0a) and @[Aiko](u3)", ["u3", "v0a"]),
        ("@aiko is here. I saw @aiko.", ["u3"]),
        ("@room tea is ready", ["room"]),
        ("お茶が入りました @room", ["room"]),
        ("@[room](room)", ["room"]),
        ("**@[Aiko](u3)**", ["u3"]),
        ("> @[Aiko](u3)", ["u3"]),
    ],
)
def test_people_are_spoken_to(body, keys):
    assert spoken(body)[1] == keys


@pytest.mark.parametrize(
    "body",
    [
        "@[Nobody](u99)",
        "@nobody",
        "`@[Aiko](u3)` and `@aiko`",
        "```\n@aiko @room\n```",
        "aiko@room.example",
        "write to me@aiko",
        "https://example.org/@aiko",
        "[@aiko](https://example.org)",
        "\\@[Aiko](u3",
        "@roomy",
        "(u3)",
    ],
)
def test_what_only_looks_like_it_speaks_to_nobody(body):
    html, keys = spoken(body)
    assert keys == []
    assert "mention" not in html


def test_a_person_is_shown_under_their_own_name_whatever_was_typed():
    assert spoken("@[The Boss](u3)")[0] == '<p><span class="mention" data-person="u3">@Aiko Tanaka</span></p>'
    assert "@田中 &lt;太郎&gt;" in spoken("@[x](u4)")[0]


def test_whoever_is_not_of_the_room_is_shown_as_typed():
    assert spoken("@[Ben](u99)")[0] == "<p>@Ben</p>"


def test_the_names_are_left_in_plain_text():
    assert plain_text(r"@[Aiko \[T\]](u3) and @room") == "@Aiko [T] and @room"


def test_only_what_may_be_a_person_is_asked_for():
    assert mention_candidates("no one") == set()
    assert mention_candidates("@[A](u3) @aiko. @room") == {"u3", "@aiko.", "@aiko"}


async def test_a_mention_is_counted_apart(aiko, ben, tea):
    hers, his = await aiko.device(), await ben.device(tea)
    await his.says(tea, "hello everybody")
    message = await his.says(tea, f"@[Aiko]({aiko.key}) tea?")
    assert message["mentions"] == [aiko.key]
    entry = await hers.room(tea)
    assert (entry["unread"], entry["mentions"]) == (2, [2])


async def test_everybody_but_the_author_is_spoken_to_by_the_room(aiko, ben, tea):
    hers, his = await aiko.device(), await ben.device(tea)
    await his.says(tea, "@room tea is ready")
    assert (await hers.room(tea))["mentions"] == [1]
    assert (await his.room(tea))["mentions"] == []


async def test_reading_a_part_leaves_the_later_mentions(aiko, ben, tea):
    hers, his = await aiko.device(tea), await ben.device(tea)
    for body in ("@aiko one", "two", "@aiko three"):
        await his.says(tea, body)
    assert (await hers.room(tea))["mentions"] == [1, 3]
    await hers.ask("mark_read", room=tea.pk, position=2)
    assert (await hers.room(tea))["mentions"] == [3]


async def test_the_bell_says_who_is_spoken_to_and_when_no_more(aiko, ben, tea):
    hers, his = await aiko.device(), await ben.device(tea)
    await hers.ask("rooms")
    message = await his.says(tea, "@aiko one")
    [spoken] = (await hers.hears("activity"))["messages"]
    assert (spoken["position"], spoken["mentions"]) == (1, [aiko.key])
    await his.ask("edit", message=message["id"], body="one")
    [spoken] = (await hers.hears("activity"))["messages"]
    assert (spoken["position"], spoken["mentions"]) == (1, [])
    assert (await hers.room(tea))["mentions"] == []


async def test_an_edit_can_speak_to_somebody_and_a_deletion_to_nobody(aiko, ben, tea):
    hers, his = await aiko.device(), await ben.device(tea)
    message = await his.says(tea, "one")
    await his.ask("edit", message=message["id"], body="@aiko one")
    assert (await hers.room(tea))["mentions"] == [1]
    await his.ask("delete", message=message["id"])
    assert (await hers.room(tea))["mentions"] == []
    assert await in_thread(Mention.objects.count)() == 0


async def test_nobody_from_outside_is_spoken_to(ben, dan, tea):
    his = await ben.device(tea)
    message = await his.says(tea, f"@[Dan]({dan.key}) @dan come in")
    assert message["mentions"] == []
    assert "Dan" in message["html"]
    assert await in_thread(Message.objects.count)() == 1


async def test_whoever_spoke_last_is_offered_first(chat_server, aiko, ben, tea):
    chie = await chat_server.person("Chie Tanaka")
    room = await chat_server.room("garden", aiko, ben, chie)
    hers, his = await aiko.device(room), await ben.device(room)
    offered = await hers.ask("suggest_people", room=room.pk, query="")
    assert [each["id"] for each in offered["people"]] == [ben.key, chie.key]
    assert offered["everybody"] == 2
    await (await chie.device(room)).says(room, "hello")
    await his.says(room, "hello")
    offered = await hers.ask("suggest_people", room=room.pk)
    assert [each["name"] for each in offered["people"]] == ["Ben", "Chie Tanaka"]
    assert [
        each["name"] for each in (await hers.ask("suggest_people", room=room.pk, query="tan"))["people"]
    ] == ["Chie Tanaka"]
    assert [
        each["name"] for each in (await his.ask("suggest_people", room=room.pk, query="TANAKA"))["people"]
    ] == [
        "Chie Tanaka",
        "Aiko Tanaka",
    ]
    assert await hers.is_refused("suggest_people", room=tea.pk) == "not_subscribed"
