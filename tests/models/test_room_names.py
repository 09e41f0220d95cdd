"""What is a room's name, and what is not."""

import unicodedata

import pytest

from zashiki.errors import Invalid
from zashiki.models import clean_room_name


@pytest.mark.parametrize(
    "name", ["lobby", "雑談", "café", "two words", "🍵", "👩‍👩‍👧", "a" * 100, "نسیم‌جان", "x.y", "room", "0"]
)
def test_a_name_in_any_script_is_kept(name):
    assert clean_room_name(name) == unicodedata.normalize("NFC", name)


def test_two_ways_to_write_a_name_are_one_room():
    assert clean_room_name("cafe\u0301") == clean_room_name("caf\u00e9")
    assert clean_room_name(" lobby ") == "lobby"


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "\u3000",
        "a" * 101,
        "a/b",
        "a\x00b",
        "a\nb",
        "a\u202eb",
        "a\u200bb",
        "\ud800",
        ".",
        "..",
        "a\u2028b",
    ],
)
def test_what_is_no_name_is_refused_with_a_sentence(name):
    with pytest.raises(Invalid, match="Room names cannot|Room names can have|Enter a name for the room"):
        clean_room_name(name)
