"""For everybody: both themes, wide and narrow, two languages, keyboard and screen reader."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import assert_accessible
from tests.browser.conftest import NARROW, WIDE

VIEWS = [(size, theme) for size in (WIDE, NARROW) for theme in ("light", "dark")]
MANY_KINDS = """# Heading

A [link](https://example.org), `code`, **strong**, a long word: {word}

> quoted

- [x] done

| a | b |
|---|---|
| 1 | 2 |

```python
def guard(door: str = "closed") -> None:
    return None  # 1 of 3
```""".format(word="a" * 120)


@pytest.mark.parametrize(("size", "theme"), VIEWS)
def test_axe_finds_nothing(chat_server, browsers, size, theme):
    aiko = browsers(viewport=size, color_scheme=theme)
    aiko.page.goto(chat_server.address())
    assert_accessible(aiko.page)
    aiko.page.goto(chat_server.address("axe"))
    assert_accessible(aiko.page)  # as somebody who is asked for a name
    aiko.enter("axe", "Aiko")
    aiko.send(MANY_KINDS)
    expect(aiko.message("Heading").last.locator("pre")).to_be_visible()
    assert_accessible(aiko.page)
    with chat_server.without_table():
        aiko.send("Will this arrive?")
        aiko.expect_waiting("Will this arrive?")
        assert_accessible(aiko.page)
        aiko.page.get_by_role("button", name="Delete").click()


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_hangs_over_the_edge(chat_server, browsers, width):
    aiko = browsers(viewport={"width": width, "height": 700})
    aiko.page.goto(chat_server.address())
    assert_fits(aiko.page)
    aiko.enter("w" * 100, "Aiko")
    aiko.send(MANY_KINDS)
    expect(aiko.message("Heading").last.locator("pre")).to_be_visible()
    assert_fits(aiko.page)


def test_the_page_speaks_japanese(chat_server, browsers):
    aiko = browsers(locale="ja")
    aiko.page.goto(chat_server.address())
    expect(aiko.page.locator("html")).to_have_attribute("lang", "ja")
    expect(aiko.page.get_by_label("部屋を開く")).to_be_visible()
    aiko.enter("雑談", "相子")
    aiko.send("お茶をいれました。")
    aiko.expect_message("お茶をいれました。")
    expect(aiko.page.locator(".z-day")).to_have_text(["今日"])


def test_the_language_can_be_chosen(chat_server, browsers):
    aiko = browsers()
    aiko.page.goto(chat_server.address())
    aiko.page.get_by_label("Language").select_option("ja")
    expect(aiko.page.get_by_role("button", name="開く")).to_be_visible()
    expect(aiko.page).to_have_url(chat_server.address())


def test_the_theme_can_be_chosen_and_is_kept(chat_server, browsers):
    aiko = browsers(color_scheme="light")
    aiko.page.goto(chat_server.address())
    aiko.page.get_by_label("Theme").select_option("dark")
    expect(aiko.page.locator("html")).to_have_css("color-scheme", "dark")
    aiko.page.goto(chat_server.address("tea"))
    expect(aiko.page.locator("html")).to_have_css("color-scheme", "dark")


def test_a_narrow_page_keeps_the_rooms_in_a_drawer(browsers):
    aiko = browsers(viewport=NARROW).enter("narrow", "Aiko")
    rooms = aiko.page.get_by_role("navigation", name="Rooms")
    expect(rooms).to_be_hidden()
    aiko.page.get_by_role("button", name="Rooms").click()
    expect(rooms.get_by_role("link", name="narrow")).to_be_visible()
    aiko.page.keyboard.press("Escape")
    expect(rooms).to_be_hidden()


def test_targets_are_large_enough_for_a_thumb(browsers):
    aiko = browsers(viewport=NARROW, has_touch=True, is_mobile=True).enter("thumbs", "Aiko")
    for target in (
        aiko.page.get_by_role("button", name="Send"),
        aiko.page.get_by_role("button", name="Rooms"),
    ):
        box = target.bounding_box()
        assert min(box["width"], box["height"]) >= 44


def test_a_screen_reader_hears_what_is_said_and_not_the_past(chat_server, browsers):
    aiko = browsers().enter("heard", "Aiko")
    log = aiko.page.get_by_role("log", name="Conversation")
    aiko.send("Listen.")
    expect(log).to_contain_text("Listen.")
    expect(log).not_to_have_attribute("aria-live", "off")


def test_the_keyboard_reaches_content_first(chat_server, browsers):
    aiko = browsers()
    aiko.page.goto(chat_server.address())
    aiko.page.keyboard.press("Tab")
    expect(aiko.page.get_by_role("link", name="Skip to content")).to_be_focused()
    aiko.page.keyboard.press("Enter")
    expect(aiko.page.locator("main")).to_be_focused()


def assert_fits(page):
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
