"""One table of names, tried where people and rooms get theirs."""

import unicodedata
from contextlib import suppress
from urllib.parse import quote

import pytest
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import settings as run_with
from hypothesis import strategies as st

from tests.text.name_cases import ACCEPTED, ALIKE, DIFFERENT, ENGLAND, INVISIBLE, REFUSED, TIDIED
from zashiki.errors import Empty, Invalid, TooLong, ZashikiError
from zashiki.models import Profile, Room, clean_room_name
from zashiki.people.visitors import visitor_from_cookies
from zashiki.person import clean_name
from zashiki.text import names
from zashiki.text.confusables import look_alike
from zashiki.text.visible_text import has_visible_text


@pytest.mark.parametrize("clean", [clean_name, clean_room_name])
def test_names_of_the_table(clean):
    for name in ACCEPTED:
        assert clean(name) == unicodedata.normalize("NFC", name), ascii(name)
    for typed, kept in TIDIED.items():
        assert clean(typed) == kept, ascii(typed)
    for name in REFUSED:
        with pytest.raises(ZashikiError):
            pytest.fail(f"{clean(name)!a} was accepted for {name!a}")
    for name in INVISIBLE:
        assert not has_visible_text(name), ascii(name)


def test_a_profile_is_kept_or_refused_at_its_field(client, aiko):
    client.force_login(aiko)
    for name in ACCEPTED:
        assert client.post("/chat/me/profile/", {"name": name}).status_code == 302, ascii(name)
        assert Profile.objects.get(user=aiko).name == unicodedata.normalize("NFC", name)
    for name in filter(str.strip, REFUSED):
        if "\x00" not in name:
            assert client.post("/chat/me/profile/", {"name": name}).status_code in {400, 302}, ascii(name)
            assert has_visible_text(Profile.objects.get(user=aiko).name), ascii(name)


def test_a_guest_takes_a_name_or_is_told_why_not(client, db):
    for name in ACCEPTED:
        assert client.post("/chat/visitor/name/", {"name": name}).status_code == 302, ascii(name)
        assert visitor_from_cookies({k: v.value for k, v in client.cookies.items()}).name == clean_name(name)
    for name in REFUSED:
        assert client.post("/chat/visitor/name/", {"name": name}).status_code == 400, ascii(name)


def test_a_room_is_opened_by_its_address_or_there_is_none(client, db):
    for name in ACCEPTED:
        assert client.get(f"/chat/{quote(name, safe='')}/").status_code == 200, ascii(name)
    for name in REFUSED:
        if name and "\ud800" not in name:
            assert client.get(f"/chat/{quote(name, safe='')}/").status_code == 404, ascii(name)
    assert not Room.objects.exists()


def test_an_address_that_is_not_utf_8_is_no_room(client, db):
    assert client.get("/chat/%ff/").status_code == 404
    assert client.get("/chat/a%c3(/").status_code == 404


def test_limits_are_of_what_is_kept():
    assert clean_name("a" * 50) and clean_room_name("a" * 100)
    with pytest.raises(TooLong):
        clean_name("a" * 51)
    with pytest.raises(Invalid):
        clean_room_name("a" * 101)
    with pytest.raises(Empty):
        clean_name("\u3164" * 60)


def test_which_names_look_alike():
    for one, other in ALIKE:
        assert look_alike(one, other) and look_alike(other, one), (one, other)
    for one, other in DIFFERENT:
        assert not look_alike(one, other) and not look_alike(other, one), (one, other)


FAMILY = "👩‍👩‍👧‍👦"


@pytest.mark.parametrize(
    "text, limit, shown",
    [
        ("Aiko", 3, "Aik"),
        ("e\u0301\u0323" * 3, 4, "e\u0301\u0323"),
        (FAMILY * 2, 10, FAMILY),
        ("🇯🇵🇫🇷", 3, "🇯🇵"),
        ("👍🏽👍🏽", 3, "👍🏽"),
        (ENGLAND * 2, 10, ENGLAND),
        ("कि" * 3, 3, "कि"),
    ],
)
def test_a_long_name_is_cut_between_letters(text, limit, shown):
    assert names.cut(text, limit) == shown


@pytest.mark.parametrize(
    "given, shown",
    [
        (mark_safe("<b>Aiko</b>"), "<b>Aiko</b>"),
        (None, ""),
        (3, "3"),
        ("\u3164", ""),
        ("a\u202eb\x00c\nd", "abcd"),
        ("\u0301Aiko", "Aiko"),
        ("A" + "\u0301" * 6000, "Á" + "\u0301" * 8),
        ("x" * 5000, "x" * 150),
    ],
)
def test_a_name_from_elsewhere_is_shown_as_plain_text(given, shown):
    found = names.shown_name(given, 150)
    assert found == shown and type(found) is str


@run_with(max_examples=150, deadline=None, derandomize=True, database=None)
@given(st.text(st.one_of(st.characters(), st.sampled_from("".join(ACCEPTED + REFUSED))), max_size=12))
def test_what_is_shown_of_any_text_is_a_name(text):
    shown = names.shown_name(text, 50)
    assert len(shown) <= 50
    if shown:
        assert names.has_letter(shown) and not names.has_misplaced(shown), ascii(text)
        assert names.shown_name(shown, 50) == shown
    with suppress(ZashikiError):
        assert clean_name(clean_name(text)) == clean_name(text)
