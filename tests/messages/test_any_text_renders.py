"""Any text is rendered: what the lines were made ready for is what the parser finds, and private characters are shown as they were typed."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.messages.reading import read
from zashiki.messages import markdown
from zashiki.messages.markdown import to_html
from zashiki.messages.markdown_inline import PRIVATE, restore
from zashiki.messages.mention_marker import MentionMarker

BEN = {(1, "@ben"): ("u1", "ben")}
INDENTS = ["", "", " ", "  ", "   ", "    ", "      ", "\t", " \t"]
BEGINNINGS = ["", "1. ", "2. ", "7. ", "- ", "* ", "> ", ">", "> > ", "# ", "- [ ] ", "1. - ", "1. 3. "]
TEXTS = [
    *(
        "",
        " ",
        "a",
        "お茶",
        "b",
        "---",
        "|-|-|",
        "|a|b|",
        "```",
        "```",
        "``",
        "`",
        "` `",
        "``  ``",
        "`````",
        "``` x",
    ),
    *("2. b", "[ ] a", "\N{NO-BREAK SPACE}", "\x0c", "`a`", "@ben", "@[ben](u1)", "@room", ":tea:", "z0"),
    *(
        "https://a.example/x",
        "[w](https://a.example)",
        "[](https://a.example)",
        "[w](z0)",
        "**a**",
        "~~a~~",
        "\\`",
    ),
]
PRIVATE_USE = re.compile("[\ue000-\uf8ff\U0010ff00-\U0010fffd]")

private = st.characters(min_codepoint=0x10FF00, max_codepoint=0x10FF7F) | st.from_regex(
    PRIVATE_USE, fullmatch=True
)


def bodies(texts):
    begun = st.sampled_from(INDENTS), st.sampled_from(BEGINNINGS), st.sampled_from(BEGINNINGS + INDENTS)
    line = st.builds("{}{}{}{}".format, *begun, texts | st.lists(texts, max_size=4).map(" ".join))
    ends = st.sampled_from(["\n", "\n\n", "\r\n"])
    return st.builds(lambda end, parts: end.join(parts), ends, st.lists(line, max_size=7))


body = bodies(st.sampled_from(TEXTS))
with_private = bodies(st.sampled_from(TEXTS) | private)

# A number that a browser would not count to, behind code without a line in it or a fence that is further in than the parser allows.
LOST_NUMBERS = [
    "7. x\n\n   ```\n7. a",
    "7. ```x\r\n   ``````a\n7. [ ] a",
    "```\n        2. b\n# >  - a\n    \t\t```\n  2. 2. a\n2. b\n    b",
    "\n```\n\n```- a\n\n\t`````\n1. x\r\n1. - a",
]


def render(text):
    marker = MentionMarker(1, BEN)
    return to_html(text, marker.mark, lambda blocks: [None] * len(blocks))


def examples(bodies):
    def add(test):
        for each in bodies:
            test = example(each)(test)
        return test

    return add


@examples(LOST_NUMBERS)
@given(body)
@settings(max_examples=400)
def test_what_was_made_ready_is_what_the_parser_finds(typed):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "restore", complete)
        assert not PRIVATE.search(render(typed))


def complete(html):
    restored = restore(html)
    assert restored is not None
    return restored


@pytest.mark.parametrize("typed", LOST_NUMBERS)
def test_a_number_in_front_of_an_item_is_read(typed):
    assert re.sub(r"[\s`]", "", "".join(read(render(typed)))) == re.sub(r"[\s`]", "", typed)


@examples(["``\n\U0010ff01 @ben", "```\n```\n\U0010ff01", "7. \U0010ff01 `` ``", "`\U0010ff60` :tea:"])
@given(with_private)
def test_what_looks_like_a_private_character_of_ours_is_shown_as_it_was_typed(typed):
    seen = read(render(typed))
    assert PRIVATE_USE.findall("".join(seen)) == PRIVATE_USE.findall(typed)
    if PRIVATE.search(typed):  # it is shown without any markup
        assert " ".join(seen).split() == typed.split()


def test_a_text_whose_parser_answers_with_something_unknown_is_shown_without_markup(monkeypatch):
    parse = markdown.comrak.render_markdown
    monkeypatch.setattr(
        markdown.comrak, "render_markdown", lambda *a, **more: parse(*a, **more) + "\U0010ff01"
    )
    assert render("**a** and `b`") == "<p>**a** and `b`</p>"
