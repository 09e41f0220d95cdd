"""What was typed is what is read, apart from the markup of docs/formatting.md."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.messages.reading import lines, read
from tests.messages.typed import MARKUP, MISLEADING, NOT_MISLEADING, TYPED
from zashiki.messages.rendering import render


@pytest.mark.parametrize("typed", TYPED)
def test_it_is_read_as_it_was_typed(typed):
    assert read(render(typed)) == lines(typed)


@pytest.mark.parametrize(("typed", "seen"), MARKUP, ids=[typed[:30] for typed, _ in MARKUP])
def test_markup_is_read_without_its_signs(typed, seen):
    assert read(render(typed)) == seen


@pytest.mark.parametrize(("typed", "place"), MISLEADING)
def test_a_link_whose_words_name_another_place_says_where_it_leads(typed, place):
    assert render(typed).endswith(f"</a> ({place})</p>\n")


@pytest.mark.parametrize("typed", NOT_MISLEADING)
def test_other_links_have_nothing_behind_them(typed):
    assert render(typed).endswith("</a></p>\n")


# Below: any text that is made of pieces of all constructs of markdown.

SIGNS = set("*_~`#>|\\-[]+")  # what may be a sign of markup and is not seen then
# No name of an emoji: its letters would not be seen between two colons.
WORDS = ["word", "k", "2", "お茶", "é", "ок", "10", "_a", "b_", "**a**", "*b*", "_縦_", "~~c~~"]
PIECES = [
    *(
        "*",
        "**",
        "_",
        "__",
        "~~",
        "~",
        "`",
        "``",
        "\\",
        "&amp;",
        "&",
        "<b>",
        "<",
        ">",
        "[",
        "]",
        "[a]: x",
        "!",
        "|",
        "^",
        '"',
        "'",
    ),
    *(
        "(",
        ")",
        ":",
        ".",
        ",",
        "。",
        "「",
        "」",
        " ",
        "  ",
        "\t",
        "\\*",
        "\\_",
        "(*^_^*)",
        "#",
        "=",
        "-",
        "+",
        "$",
        "@",
        "a:b:c",
    ),
]
BEGINNINGS = [
    "",
    "",
    "",
    " ",
    "  ",
    "    ",
    "\t",
    "> ",
    ">",
    "> > ",
    "- ",
    "* ",
    "+ ",
    "1. ",
    "7. ",
    "1) ",
    "# ",
    "### ",
    "- [ ] ",
    "  - ",
]
WHOLE_LINES = ["", "---", "***", "===", "|a|b|", "|-|-|", "a|b", "-|-", "```", "~~~", "-", "1.", ">", "* * *"]

line = st.builds(
    lambda begun, parts: begun + "".join(parts),
    st.sampled_from(BEGINNINGS),
    st.lists(st.sampled_from(WORDS + PIECES), max_size=8),
)
body = st.lists(line | st.sampled_from(WHOLE_LINES), min_size=1, max_size=6).map("\n".join)


def letters(text):
    return "".join(letter for letter in text if letter not in SIGNS and not letter.isspace())


@given(body)
def test_whatever_is_typed_no_letter_is_lost_and_none_is_added(typed):
    seen = "\n".join(read(render(typed)))
    assert letters(seen) == letters(typed)


SEEN_UNLESS = {  # signs, and the elements of html that stand for them
    "*": {"em", "strong", "ul"},
    "_": {"em"},
    "~": {"del"},
    "`": {"code"},
    "#": {"h1", "h2", "h3", "h4", "h5", "h6"},
    ">": {"blockquote"},
    "|": {"table"},
    "-": {"ul", "hr", "table"},
    "[": {"input"},
    "]": {"input"},
    "+": set(),
}


@given(body.filter(lambda typed: "\\" not in typed))
def test_a_sign_is_seen_unless_there_is_its_element(typed):
    html = render(typed)
    seen, elements = "\n".join(read(html)), set(re.findall(r"<(\w+)", html))
    for sign, its_elements in SEEN_UNLESS.items():
        if not its_elements & elements:
            assert seen.count(sign) == typed.count(sign), sign


@given(body.filter(str.strip))
def test_no_element_is_empty(typed):
    assert not re.search(r"<(em|strong|del|code|a|li|p|h\d|blockquote)>\s*</\1>", render(typed))


@given(
    st.text("*_~[]()<>&\\|!:;=.^'\"+-´▽° \n", max_size=40).map(lambda text: f".{text}".replace("\n", "\n."))
)
def test_signs_without_words_are_no_markup(typed):
    assert read(render(typed)) == lines(typed)
