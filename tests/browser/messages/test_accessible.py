"""Axe finds nothing in what opens around messages, wide and narrow, light and dark."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE
from tests.browser.test_themes_and_a11y import assert_accessible

LOOKS = [(WIDE, "light"), (NARROW, "dark")]


@pytest.fixture(params=LOOKS, ids=["wide and light", "narrow and dark"])
def aiko(at, request):
    size, theme = request.param
    return at(request.node.name, "aiko", viewport=size, color_scheme=theme)


def test_a_message_with_everything(aiko):
    aiko.says_all("much happens here")
    aiko.reacts("🎉", "much happens here")
    aiko.does("Pin", "much happens here")
    aiko.edits_last("much happened here")
    aiko.does("Reply", "much happened here")
    assert_accessible(aiko.page)
    aiko.says("an answer")
    aiko.sees("an answer")
    aiko.does("Delete", "an answer")
    assert_accessible(aiko.page)
    aiko.sees_tombstone()
    assert_accessible(aiko.page)


def test_menus_and_signs(aiko):
    aiko.says_all("open the menu")
    aiko.opens_menu("open the menu")
    expect(aiko.page.get_by_role("menuitem", name="Copy text")).to_be_visible()
    assert_accessible(aiko.page)
    aiko.page.get_by_role("menuitem", name="React").click()
    expect(aiko.page.get_by_role("dialog", name="Choose an emoji")).to_be_visible()
    assert_accessible(aiko.page)
    aiko.page.get_by_label("Search emoji by name").fill("no such sign")
    expect(aiko.page.get_by_text("No matching emoji.")).to_be_visible()
    assert_accessible(aiko.page)


def test_what_helps_to_write(aiko):
    aiko.page.get_by_role("button", name="Preview").click()
    aiko.field.fill("**strong** `code`")
    expect(aiko.page.get_by_role("region", name="Preview").locator("strong")).to_be_visible()
    assert_accessible(aiko.page)
    aiko.field.fill("")
    aiko.field.press_sequentially(":smile")
    expect(aiko.page.get_by_role("listbox", name="Suggestions")).to_be_visible()
    assert_accessible(aiko.page)


def test_a_thread_and_the_list_of_threads(aiko):
    aiko.says_all("long talk")
    aiko.does("Reply in thread", "long talk")
    aiko.answers_in_thread("a reply")
    assert_accessible(aiko.page)
    aiko.page.keyboard.press("Escape")
    aiko.looks_up("Threads")
    expect(aiko.in_panel("long talk").first).to_be_visible()
    assert_accessible(aiko.page)


def test_what_was_kept(aiko):
    aiko.says_all("to be kept")
    for action, what in (("Pin", "Pinned messages"), ("Save for later", "Saved for later")):
        aiko.does(action, "to be kept")
        aiko.looks_up(what)
        expect(aiko.in_panel("to be kept").first).to_be_visible()
        assert_accessible(aiko.page)
        aiko.page.keyboard.press("Escape")


def test_earlier_versions_and_dates(aiko):
    aiko.says_all("first words")
    aiko.edits_last("better words")
    aiko.message("better words").get_by_role("button", name="edited").click()
    expect(aiko.panel.get_by_text("first words")).to_be_visible()
    assert_accessible(aiko.page)
    aiko.page.keyboard.press("Escape")
    aiko.looks_up("Jump to date")
    expect(aiko.page.get_by_role("dialog", name="Jump to date")).to_be_visible()
    assert_accessible(aiko.page)
