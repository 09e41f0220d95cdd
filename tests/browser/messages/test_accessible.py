"""Axe finds nothing in what opens around messages, wide and narrow, light and dark."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE
from tests.browser.test_themes_and_a11y import assert_accessible

LOOKS = [(WIDE, "light"), (NARROW, "dark")]


@pytest.fixture(params=LOOKS, ids=["wide and light", "narrow and dark"])
def aiko(open_as, request):
    size, theme = request.param
    return open_as(request.node.name, "aiko", viewport=size, color_scheme=theme)


def test_a_message_with_everything(aiko):
    aiko.send_all("much happens here")
    aiko.react("🎉", "much happens here")
    aiko.choose_action("Pin", "much happens here")
    aiko.edit_last("much happened here")
    aiko.choose_action("Reply", "much happened here")
    assert_accessible(aiko.page)
    aiko.send("an answer")
    aiko.expect_message("an answer")
    aiko.choose_action("Delete", "an answer")
    assert_accessible(aiko.page)
    aiko.expect_tombstone()
    assert_accessible(aiko.page)


def test_menus_and_signs(aiko):
    aiko.send_all("open the menu")
    aiko.open_menu("open the menu")
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
    aiko.send_all("long talk")
    aiko.choose_action("Reply in thread", "long talk")
    aiko.reply_in_thread("a reply")
    assert_accessible(aiko.page)
    aiko.page.keyboard.press("Escape")
    aiko.choose_from_room_menu("Threads")
    expect(aiko.in_panel("long talk").first).to_be_visible()
    assert_accessible(aiko.page)


def test_what_was_kept(aiko):
    aiko.send_all("to be kept")
    for action, what in (("Pin", "Pinned messages"), ("Save for later", "Saved for later")):
        aiko.choose_action(action, "to be kept")
        aiko.choose_from_room_menu(what)
        expect(aiko.in_panel("to be kept").first).to_be_visible()
        assert_accessible(aiko.page)
        aiko.page.keyboard.press("Escape")


def test_earlier_versions_and_dates(aiko):
    aiko.send_all("first words")
    aiko.edit_last("better words")
    aiko.message("better words").get_by_role("button", name="edited").click()
    expect(aiko.panel.get_by_text("first words")).to_be_visible()
    assert_accessible(aiko.page)
    aiko.page.keyboard.press("Escape")
    aiko.choose_from_room_menu("Jump to date")
    expect(aiko.page.get_by_role("dialog", name="Jump to date")).to_be_visible()
    assert_accessible(aiko.page)
