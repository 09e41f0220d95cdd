"""Sockets of a real server: who comes in, what is refused and how, in both dialects."""

import asyncio
import json
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.support.servers import ZashikiServer

V1 = "zashiki.v1"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = ZashikiServer(
        Path(tmp_path_factory.mktemp("doors")),
        env={
            "ZASHIKI_POSTS_PER_MINUTE": "0",
            "ZASHIKI_GUEST_RATE": "0",
            "ZASHIKI_ROOM_RATE": "0",
            "ZASHIKI_GUEST_CONNECTIONS": "0",
        },
    ).start()
    yield server
    server.stop()


class Client:
    """One socket of zashiki.v1; answers are matched by ref, events kept."""

    def __init__(self, socket):
        self.socket = socket
        self.events = []
        self.answers = {}
        self.refs = 0

    async def ask(self, type, **fields):
        self.refs += 1
        await self.socket.send(json.dumps({"type": type, "ref": self.refs, **fields}))
        return await self.answer(self.refs)

    async def answer(self, ref):
        while ref not in self.answers:
            heard = json.loads(await asyncio.wait_for(self.socket.recv(), 10))
            if heard["type"] in {"ok", "error"}:
                self.answers[heard["ref"]] = heard
            else:
                self.events.append(heard)
        return self.answers.pop(ref)

    async def next_message(self):
        for event in self.events:
            if event["type"] == "message":
                self.events.remove(event)
                return event["message"]
        while True:
            heard = json.loads(await asyncio.wait_for(self.socket.recv(), 10))
            if heard["type"] == "message":
                return heard["message"]

    async def sit(self, room, since=None, epoch=None):
        answer = await self.ask("subscribe", room=room, since=since, epoch=epoch)
        assert answer["type"] == "ok", answer
        return answer


@asynccontextmanager
async def v1(server, path="/ws/zashiki/", **more):
    async with connect(server.socket_url(path), subprotocols=[V1], **more) as socket:
        yield Client(socket)


def talk(server, room, **more):
    return connect(server.socket_url(f"/ws/chat/{quote(room, safe='')}/"), **more)


async def heard(socket):
    return json.loads(await asyncio.wait_for(socket.recv(), 10))


@pytest.mark.parametrize("room", ["lobby", "雑談", "café", "two words", "🍵", "a" * 100, "50%", "a?b#c"])
async def test_the_tutorial_talks_in_a_room_of_any_name(server, room):
    async with talk(server, room) as aiko, talk(server, room) as ben:
        await aiko.send(json.dumps({"message": f"hello {room}"}))
        assert (await heard(aiko))["message"] == (await heard(ben))["message"] == f"hello {room}"
    status, _, page = server.get(f"/chat/{quote(room, safe='')}/")
    assert status == 200
    assert "hello" in page


@pytest.mark.parametrize("room", ["a" * 101, "%00", "a%2Fb", "%0A", "%20", "%E2%80%AE"])
async def test_what_is_no_name_is_refused_with_a_reason_and_a_page(server, room):
    async with connect(server.socket_url(f"/ws/chat/{room}/")) as socket:
        with pytest.raises(ConnectionClosed) as caught:
            await asyncio.wait_for(socket.recv(), 10)
    assert caught.value.rcvd.code == 4404
    assert caught.value.rcvd.reason.startswith(("Room names can", "Enter a name for the room"))
    assert server.get(f"/chat/{room}/")[0] == 404


async def test_two_spellings_of_a_name_are_one_room(server):
    async with talk(server, "the\u0301") as aiko, talk(server, "th\u00e9") as ben:
        await aiko.send('{"message": "same"}')
        assert (await heard(ben))["message"] == "same"


@pytest.mark.parametrize(
    "bad",
    [
        "{",
        "[]",
        "7",
        '{"message": 7}',
        '{"msg": "x"}',
        "[" * 50_000,
        '{"message": "\\u0000"}',
        '{"message": "  "}',
    ],
)
async def test_bad_input_of_the_tutorial_comes_back_to_its_sender_alone(server, bad):
    async with talk(server, "bad input") as aiko, talk(server, "bad input") as ben:
        await aiko.send(bad)
        answer = await heard(aiko)
        assert answer["error"]
        assert isinstance(answer["message"], str)
        await aiko.send('{"message": "still here"}')
        assert (await heard(aiko))["message"] == "still here"
        assert (await heard(ben))["message"] == "still here"


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://127.0.0.1",
        "ftp://{host}",
        "https://{host}",
        "null",
        "http://[",
        "http://{host}.evil.example",
    ],
)
async def test_a_page_of_another_origin_is_refused(server, origin):
    with pytest.raises(InvalidStatus) as caught:
        async with talk(server, "lobby", additional_headers={"Origin": origin.format(host=server.host)}):
            pass
    assert caught.value.response.status_code == 403


async def test_a_page_of_the_same_origin_is_let_in(server):
    async with talk(server, "lobby", additional_headers={"Origin": server.url}) as socket:
        await socket.send('{"message": "mine"}')
        assert (await heard(socket))["message"] == "mine"


async def test_binary_frames_are_refused(server):
    async with talk(server, "lobby") as socket:
        await socket.send(b"\x00")
        with pytest.raises(ConnectionClosed) as caught:
            await asyncio.wait_for(socket.recv(), 10)
    assert caught.value.rcvd.code == 1003


async def test_a_frame_over_the_limit_is_refused_with_1009(server):
    async with talk(server, "lobby") as socket:
        await socket.send(json.dumps({"message": "x" * 200_000}))
        with pytest.raises(ConnectionClosed) as caught:
            await asyncio.wait_for(socket.recv(), 10)
    assert caught.value.rcvd.code == 1009


async def test_history_waits_for_whoever_comes_later(server):
    async with v1(server) as aiko:
        room = (await aiko.sit("later"))["room"]["id"]
        posted = [
            (await aiko.ask("post", room=room, body=f"line {n}", nonce=f"n{n}"))["message"] for n in range(60)
        ]
    async with v1(server) as ben:
        seated = await ben.sit("later")
        assert seated["limited"] and seated["more_before"]
        page = [await ben.next_message() for _ in range(50)]
        assert page == posted[-50:]
        older = await ben.ask("history", room=room, before=page[0]["position"])
        assert older["messages"] == posted[:10]
        assert not older["more_before"]


async def test_whoever_returns_gets_what_changed_and_nothing_else(server):
    async with v1(server) as aiko, v1(server) as ben:
        seated = await ben.sit("returning")
        room = (await aiko.sit("returning"))["room"]["id"]
        first = (await aiko.ask("post", room=room, body="one", nonce="1"))["message"]
        await ben.next_message()
        await ben.ask("unsubscribe", room=room)
        second = (await aiko.ask("post", room=room, body="two", nonce="2"))["message"]
        edited = (await aiko.ask("edit", message=first["id"], body="one, mended"))["message"]
        deleted = (await aiko.ask("delete", message=second["id"]))["message"]
        back = await ben.sit("returning", since=first["version"], epoch=seated["epoch"])
        assert not back["limited"]
        assert [await ben.next_message(), await ben.next_message()] == [edited, deleted]
        assert back["room"]["version"] == deleted["version"]


@pytest.mark.parametrize("since, epoch", [(10_000, None), (0, "another"), (1, "another")])
async def test_a_version_from_the_future_or_of_another_epoch_gets_the_newest_page(server, since, epoch):
    async with v1(server) as aiko:
        seated = await aiko.sit("epochs")
        await aiko.ask("post", room=seated["room"]["id"], body="x", nonce=f"n{since}{epoch}")
        again = await aiko.sit("epochs", since=since, epoch=epoch or seated["epoch"])
        assert again["limited"]


async def test_the_same_nonce_is_the_same_message(server):
    async with v1(server) as aiko:
        room = (await aiko.sit("nonces"))["room"]["id"]
        first, second = [await aiko.ask("post", room=room, body="tea?", nonce="n") for _ in range(2)]
        assert first["message"] == second["message"]
        conflict = await aiko.ask("post", room=room, body="coffee?", nonce="n")
        assert conflict["code"] == "conflict"
        assert (await aiko.ask("history", room=room))["messages"] == [first["message"]]


async def test_one_refusal_loses_nothing_else(server):
    async with v1(server) as aiko:
        room = (await aiko.sit("refusals"))["room"]["id"]
        for ref, body in enumerate(["good 1", "", "x" * 10_001, "\x00", "good 2"], 100):
            await aiko.socket.send(
                json.dumps({"type": "post", "ref": ref, "room": room, "body": body, "nonce": f"n{ref}"})
            )
        answers = [await aiko.answer(ref) for ref in range(100, 105)]
        assert [answer.get("code") for answer in answers] == [None, "empty", "too_long", "invalid", None]
        kept = (await aiko.ask("history", room=room))["messages"]
        assert [message["body"] for message in kept] == ["good 1", "good 2"]


async def test_commands_for_a_room_one_does_not_sit_in_are_refused(server):
    async with v1(server) as aiko, v1(server) as ben:
        room = (await aiko.sit("not mine"))["room"]["id"]
        posted = (await aiko.ask("post", room=room, body="x", nonce="n"))["message"]
        for command in (
            {"type": "post", "room": room, "body": "x", "nonce": "n"},
            {"type": "history", "room": room},
        ):
            assert (await ben.ask(**command))["code"] == "not_subscribed"
        assert (await ben.ask("edit", message=posted["id"], body="mine now"))["code"] == "not_found"
        assert (await ben.ask("subscribe", room=999_999))["code"] == "not_found"
        await ben.sit("not mine")
        assert (await ben.ask("edit", message=posted["id"], body="mine now"))["code"] == "forbidden"
        assert (await ben.ask("delete", message=posted["id"]))["code"] == "forbidden"


async def test_reactions_are_given_and_taken_back(server):
    async with v1(server) as aiko:
        seated = await aiko.sit("reactions")
        posted = (await aiko.ask("post", room=seated["room"]["id"], body="x", nonce="n"))["message"]
        given = (await aiko.ask("react", message=posted["id"], emoji="🍵"))["message"]
        assert given["reactions"] == [{"emoji": "🍵", "people": [seated["me"]]}]
        again = (await aiko.ask("react", message=posted["id"], emoji="🍵"))["message"]
        assert again["version"] == given["version"]
        assert (await aiko.ask("react", message=posted["id"], emoji="🍵", on=False))["message"][
            "reactions"
        ] == []


async def test_an_edit_reaches_everybody_as_the_whole_message(server):
    async with v1(server) as aiko, v1(server) as ben:
        room = (await aiko.sit("edits"))["room"]["id"]
        await ben.sit("edits")
        posted = (await aiko.ask("post", room=room, body="teh tea", nonce="n"))["message"]
        edited = (await aiko.ask("edit", message=posted["id"], body="the tea"))["message"]
        assert [await ben.next_message(), await ben.next_message()] == [posted, edited]
        assert edited["position"] == posted["position"] and edited["edited_at"]


async def test_both_dialects_share_a_room(server):
    async with talk(server, "mixed") as tutorial, v1(server, "/ws/chat/mixed/") as modern:
        seated = await modern.ask("subscribe")
        await tutorial.send('{"message": "from the tutorial"}')
        assert (await modern.next_message())["body"] == "from the tutorial"
        await modern.ask("post", room=seated["room"]["id"], body="from v1", nonce="n")
        assert [(await heard(tutorial))["message"] for _ in range(2)] == ["from the tutorial", "from v1"]


async def test_who_is_here_is_told_once_per_person(server):
    async with v1(server) as aiko:
        seated = await aiko.sit("here")
        async with v1(server) as ben:
            came = await ben.sit("here")
            assert came["presence"]["count"] == 2
            me = came["me"]["id"]
            while not any(me in [each["id"] for each in event.get("joins", [])] for event in aiko.events):
                aiko.events.append(await heard(aiko.socket))
        while not any(me in [each["id"] for each in event.get("leaves", [])] for event in aiko.events):
            aiko.events.append(await heard(aiko.socket))
        assert seated["presence"]["people"][0]["id"] == seated["me"]["id"]
