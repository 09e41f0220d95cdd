"""Where a mention begins and ends, by one table for the server and for the page."""

import functools
import json
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model

import zashiki
from zashiki.messages.mention_marker import MentionMarker
from zashiki.messages.mention_syntax import CHOSEN, key_in, unescaped, written
from zashiki.messages.mentions import mention_candidates, plain_text, resolve_mentions
from zashiki.messages.rendering import render
from zashiki.models import Membership, Room

TABLE = json.loads(Path(__file__).with_name("mention_cases.json").read_text())
MODULES = Path(zashiki.__file__).parent / "static" / "zashiki"


def members_of(*names):
    """A room with these accounts; returns it, and their keys by name."""
    room = Room.objects.create(name=f"room of {len(names)}")
    users = [get_user_model().objects.create(**{get_user_model().USERNAME_FIELD: name}) for name in names]
    for user in users:
        Membership.objects.create(room=room, user=user)
    return room, {name: f"u{user.pk}" for name, user in zip(names, users, strict=True)}


def spoken(room, body, *others):
    """Whom a text speaks to when it is looked up together with others."""
    called = {(room.pk, name) for text in (body, *others) for name in mention_candidates(text)}
    marker = MentionMarker(room.pk, resolve_mentions(called))
    render(body, marker)
    return marker.keys


@pytest.mark.django_db
def test_the_server_finds_every_mention_of_the_table():
    room, keys = members_of(*TABLE["accounts"])
    everything = [f"@{name}" for name in TABLE["accounts"]]
    for text, names in TABLE["cases"] + TABLE["folded"]:
        assert spoken(room, text) == [keys[name] for name in names], text
        assert spoken(room, text, *everything) == [keys[name] for name in names], f"{text}, not alone"


@pytest.mark.django_db
def test_of_two_accounts_that_differ_by_case_the_one_that_was_typed_is_meant():
    room, keys = members_of("Sam", "sam", "McBen", "ÉMILE")
    for text, names in (
        ("@Sam @sam", ["Sam", "sam"]),
        ("@mcben @MCBEN", ["McBen"]),
        ("@émile", ["ÉMILE"]),
    ):
        assert spoken(room, text) == [keys[name] for name in names], text
    [either] = spoken(room, "@SAM")  # one of the two, and the same each time
    assert either in {keys["Sam"], keys["sam"]} and spoken(room, "@SAM") == [either]


@pytest.mark.django_db
def test_many_names_and_many_readings_are_looked_up():
    room, keys = members_of("aiko")
    words = " ".join(f"@n{n}" for n in range(2_000))
    readings = "".join(chr(0x4E00 + n % 5_000) for n in range(9_000)).replace("三", "@")
    assert spoken(room, f"@aiko {words}", readings, words.upper()) == [keys["aiko"]]


def test_everybody_is_spoken_to_in_any_script():
    for text in ("@room", "@roomの皆さん", "皆さん@room", "＠room！", "@Room, tea", "@room's"):
        marker = MentionMarker(1, {})
        render(text, marker)
        assert marker.keys == ["room"], text
    for text in ("@roomy", "me@room.example", "@room.example"):
        marker = MentionMarker(1, {})
        render(text, marker)
        assert marker.keys == [], text


def test_the_server_writes_and_reads_any_key():
    for name, key, body in TABLE["written"]:
        assert written(name, key) == body
        assert [(unescaped(each), key_in(code)) for each, code in CHOSEN.findall(body)] == [(name, key)]
        marker = MentionMarker(1, {(1, key): (key, name)})
        render(body, marker)
        assert mention_candidates(body) == {key} or key in mention_candidates(body)
        assert marker.keys == [key]
    for body, text in TABLE["plain"]:
        assert plain_text(body) == text


@pytest.fixture
def page(chromium):
    """An empty page that can import the modules of the real page."""
    handler = functools.partial(Quiet, directory=str(MODULES))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = chromium.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/css/message_body.css")
    yield page
    page.close()
    server.shutdown()
    server.server_close()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


SPELLED = """async ([accounts, cases]) => {
    const { MentionCodec } = await import("/composer/mention_codec.js");
    const names = new MentionCodec();
    for (const account of accounts) names.add(account, `u${account}`);
    return cases.map(([text]) => names.encode(text));
}"""
WRITTEN = """async ([rows, bodies]) => {
    const { written, chosenIn, plain } = await import("/composer/mention_syntax.js");
    const { MentionCodec } = await import("/composer/mention_codec.js");
    const again = (body) => { const names = new MentionCodec(); return names.encode(names.decode(body)); };
    return {
        written: rows.map(([name, key]) => written(name, key)),
        names: rows.map(([, , body]) => chosenIn(body).map(({ name }) => name)),
        again: rows.map(([, , body]) => again(body)),
        plain: bodies.map(([body]) => plain(body)),
    };
}"""
SECONDS = """async (signs) => {
    const { plain, begins, ends } = await import("/composer/mention_syntax.js");
    const { MentionCodec } = await import("/composer/mention_codec.js");
    const names = new MentionCodec();
    for (let n = 0; n < 50; n++) names.add(`a${n}`, `u${n}`);
    const timed = (sign) => {
        const body = sign.repeat(10000).slice(0, 10000);
        const begun = performance.now();
        plain(body); names.decode(body); names.encode(body);
        return performance.now() - begun;
    };
    return signs.map((sign) => Math.min(timed(sign), timed(sign), timed(sign)) / 1000);
}"""


def test_the_page_finds_every_mention_of_the_table(page):
    for (text, names), body in zip(
        TABLE["cases"], page.evaluate(SPELLED, [TABLE["accounts"], TABLE["cases"]]), strict=True
    ):
        assert [key_in(code)[1:] for _, code in CHOSEN.findall(body)] == names, text
        assert plain_text(body) == text.replace("＠", "@") or not names, text


def test_the_page_writes_and_reads_any_key(page):
    found = page.evaluate(WRITTEN, [TABLE["written"], TABLE["plain"]])
    assert found["written"] == [body for _, _, body in TABLE["written"]]
    assert found["names"] == [[name] for name, _, _ in TABLE["written"]]
    assert found["again"] == found["written"]
    assert found["plain"] == [text for _, text in TABLE["plain"]]


def test_the_page_reads_hostile_texts_in_less_than_a_tenth_of_a_second(page):
    signs = ["@", "@[", "@[a", "@[a](u", "@a0", "@田", "@[\\", "[", "\\", "@._", "a", "@[a](u%", "＠a"]
    assert max(page.evaluate(SECONDS, signs)) < 0.1
