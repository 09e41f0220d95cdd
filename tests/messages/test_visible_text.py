"""What can be seen: messages of which nothing would be shown, and the one form of each emoji."""

import pytest

from tests.text.name_cases import ACCEPTED, INVISIBLE
from zashiki.errors import Invalid
from zashiki.messages.rendering import render
from zashiki.text.canonical_emoji import canonical_emoji
from zashiki.text.visible_text import has_visible_html, has_visible_markdown

SHOWN = [
    "#",
    ">",
    "-",
    "---",
    "```\n```",
    "[x]: http://a.b",
    "[x](http://a.b)",
    "&amp;",
    "&nbsp;",  # what looks like an entity is read as it was typed
    "&zwj; &#8203;",
    "[ ]( )[](x)",
    "\u0e31",
    "\ue000",
    *ACCEPTED,
]
NOT_SHOWN = [
    *("[](http://a.b)", "[\u3164](http://a.b)", "[](/x) [](mailto:a@b.c)"),
    *(text for text in INVISIBLE if "\x00" not in text),
]


def test_what_shows_nothing_is_told_from_what_does():
    for body in SHOWN:
        assert has_visible_markdown(body), ascii(body)
    for body in NOT_SHOWN:
        assert not has_visible_markdown(body), ascii(body)


@pytest.mark.parametrize("body", SHOWN)
def test_what_was_typed_shows_something(body):
    assert has_visible_html(render(body))


async def test_nothing_that_cannot_be_seen_is_said(aiko, tea):
    device = await aiko.device(tea)
    for body in NOT_SHOWN:
        if "\x00" not in body:
            assert (await device.is_refused("post", room=tea.pk, body=body, nonce="n")) == "empty", ascii(
                body
            )
    said = await device.says(tea, "tea")
    refusal = await device.is_refused("edit", message=said["id"], body="\u3164")
    assert refusal == "empty"


FORMS = {
    "❤": "❤️",
    "❤️": "❤️",
    "❤\ufe0e": "❤️",
    "👍\ufe0f": "👍",
    "1\u20e3": "1️⃣",
    "☝🏽": "☝🏽",
    "☝\ufe0f🏽": "☝🏽",
    "👁‍🗨": "👁️‍🗨️",
    "🏳‍🌈": "🏳️‍🌈",
    "👩\u200d❤\u200d👨": "👩‍❤️‍👨",
    "🇯🇵": "🇯🇵",
    "👍🏽": "👍🏽",
}
NO_EMOJI = [
    "a",
    "<b>",
    "\u200d",
    "\ufe0f",
    "1",
    "#",
    "👍👍",
    "👍 ",
    "🇯",
    "👍\u200d",
    "❤️\u200d",
    "u1",
    ":tea:",
    "\U000e0067",
    "©x",
    "👨\u200d👍",
]


def test_each_emoji_has_one_form():
    for given, form in FORMS.items():
        assert canonical_emoji(given) == form, ascii(given)
        assert canonical_emoji(form) == form
    for text in NO_EMOJI:
        with pytest.raises(Invalid):
            pytest.fail(f"{canonical_emoji(text)!a} for {text!a}")


async def test_a_reaction_is_one_in_any_form(aiko, tea):
    device = await aiko.device(tea)
    said = await device.says(tea, "tea")
    for given in ("❤", "❤️", "👍\ufe0f", "👍", "👍🏽"):
        state = (await device.ask("react", message=said["id"], emoji=given))["message"]
    assert [given["emoji"] for given in state["reactions"]] == ["❤️", "👍", "👍🏽"]
    assert all(len(given["people"]) == 1 for given in state["reactions"])
    state = (await device.ask("react", message=said["id"], emoji="❤", on=False))["message"]
    assert [given["emoji"] for given in state["reactions"]] == ["👍", "👍🏽"]
    for text in NO_EMOJI:
        assert await device.is_refused("react", message=said["id"], emoji=text) == "invalid", text
