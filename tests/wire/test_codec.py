"""The wire refuses what is malformed with one clear error, and reads what is well-formed exactly."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zashiki import wire
from zashiki.errors import NotFound, RateLimited


def refused(text):
    with pytest.raises(wire.CommandError) as caught:
        wire.decode(text)
    return caught.value.error.code, caught.value.ref


def test_a_post_is_read():
    command = wire.decode('{"type":"post","ref":7,"room":3,"body":"座敷","nonce":"n1","future":"field"}')
    assert isinstance(command, wire.Post)
    assert (command.ref, command.room, command.body, command.nonce) == (7, 3, "座敷", "n1")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "nonsense",
        "[]",
        "7",
        "null",
        '"post"',
        "[" * 100_000,
        '{"type":"post","room":NaN}',
        "{",
        "\x00",
        '{"type":"post"',
    ],
)
def test_what_is_no_object_is_malformed(text):
    assert refused(text) == ("malformed", None)


def test_endless_nesting_is_one_refusal():
    assert refused('{"type":' * 50_000)[0] in {"malformed", "invalid"}
    assert refused('{"type":"post","ref":1,"x":' + "[" * 60_000)[0] == "malformed"


def test_an_unknown_command_is_named_with_its_ref():
    assert refused('{"type":"dance","ref":"r1"}') == ("unknown_command", "r1")
    assert refused('{"ref":5}') == ("unknown_command", 5)


@pytest.mark.parametrize(
    "field, value",
    [
        ("room", "true"),
        ("room", "1.5"),
        ("room", '"1"'),
        ("room", "0"),
        ("room", "-1"),
        ("room", str(2**53 + 1)),
        ("room", str(2**63)),
        ("room", "1" * 5000),
        ("room", "1e400"),
        ("room", "null"),
        ("body", "7"),
        ("body", "null"),
        ("nonce", '""'),
        ("nonce", json.dumps("n" * 65)),
        ("nonce", '"two words"'),
        ("nonce", '"座敷"'),
        ("reply_to", '"1"'),
    ],
)
def test_a_field_with_a_wrong_value_is_invalid(field, value):
    fields = {"type": '"post"', "ref": "9", "room": "1", "body": '"x"', "nonce": '"n"', field: value}
    code, ref = refused("{" + ",".join(f'"{name}":{held}' for name, held in fields.items()) + "}")
    assert code in {"invalid", "malformed"}
    assert ref in {9, None}


def test_half_a_surrogate_pair_is_invalid_and_keeps_the_ref():
    assert refused('{"type":"post","ref":1,"room":1,"body":"\\ud800","nonce":"n"}') == ("invalid", 1)


def test_a_missing_field_is_invalid_and_keeps_the_ref():
    assert refused('{"type":"post","ref":3,"room":1}') == ("invalid", 3)


def test_answers_carry_the_ref():
    assert json.loads(wire.ok(4, position=2)) == {"type": "ok", "ref": 4, "position": 2}
    assert json.loads(wire.error("a", NotFound()))["code"] == "not_found"
    assert json.loads(wire.error(1, RateLimited(retry_after=1.23456)))["retry_after"] == 1.235


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_json_is_a_command_or_one_refusal(value):
    try:
        assert isinstance(wire.decode(json.dumps(value)), wire.Command)
    except wire.CommandError as refusal:
        assert str(refusal)


@given(st.binary())
def test_any_bytes_are_a_command_or_one_refusal(data):
    try:
        assert isinstance(wire.decode(data), wire.Command)
    except wire.CommandError as refusal:
        assert str(refusal)
