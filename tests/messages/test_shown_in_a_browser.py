"""What a browser shows of a message is what was typed, spaces included."""

from pathlib import Path

import pytest

import zashiki
from tests.messages.typed import FACES, LINES
from zashiki.messages.rendering import render

CSS = Path(zashiki.__file__).parent / "static" / "zashiki" / "css"
SHOWN = """(htmls) => htmls.map((html) => {
    const body = document.createElement("div");
    body.className = "z-body";
    body.innerHTML = html;
    document.body.replaceChildren(body);
    return body.innerText;
})"""
MARKED = (
    "- one",
    "1. one",
    "3. three",
    "2024. It",
    "a\n---",
)  # lists and rules, whose signs the browser draws


def lines(text):
    """Lines with their spaces; a browser shows what is not broken by a space as one."""
    return [line.rstrip() for line in text.replace("\u00a0", " ").split("\n") if line.strip()]


@pytest.fixture
def page(chromium):
    page = chromium.new_page()
    page.set_content("<!doctype html><body>")
    page.add_style_tag(path=CSS / "message_body.css")
    yield page
    page.close()


def test_a_browser_shows_the_spaces_in_code_and_in_every_line_of_markup(page):
    typed = ["`a   b`", "# a   b", "> a   b", "- a   b", "**a   b**", "|a   b|\n|-|"]
    assert [seen.strip() for seen in page.evaluate(SHOWN, [render(text) for text in typed])] == [
        "a   b"
    ] * len(typed)


def test_a_browser_shows_lines_and_spaces_as_they_were_typed(page):
    typed = [text for text in [FACES.strip(), *LINES] if not text.startswith(MARKED)]
    shown = page.evaluate(SHOWN, [render(text) for text in typed])
    for text, seen in zip(typed, shown, strict=True):
        assert lines(seen) == lines(text)
