"""A message has an address, and can be copied."""

import pytest
from playwright.sync_api import expect

CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.fixture
def aiko(open_as):
    """She has a clipboard."""
    aiko = open_as("links", "aiko", permissions=CLIPBOARD)
    expect(aiko.field).to_be_visible()
    return aiko


def copied_by(writer, action, text):
    writer.choose_action(action, text)
    writer.expect_toast("Copied.")
    return writer.page.evaluate("navigator.clipboard.readText()")


def test_a_link_leads_to_its_message(aiko, open_as):
    aiko.send_all("the one that is meant")
    link = copied_by(aiko, "Copy link", "the one that is meant")
    ben = open_as("elsewhere", "ben").open_address(link)
    expect(ben.page.locator(".z-room-title")).to_have_text("links")
    expect(ben.message("the one that is meant")).to_have_attribute("data-highlighted", "")
    expect(ben.message("the one that is meant")).to_be_in_viewport()


def test_a_link_leads_to_the_place_of_what_was_deleted(aiko, open_as):
    aiko.send_all("soon gone", "after it")
    link = copied_by(aiko, "Copy link", "soon gone")
    aiko.delete("soon gone")
    ben = open_as("elsewhere", "ben").open_address(link)
    expect(ben.page.locator(".z-message[data-highlighted]")).to_contain_text("This message was deleted.")
    ben.expect_message("after it")


def test_a_link_to_a_reply_opens_its_thread(aiko, open_as):
    aiko.send_all("root of it")
    aiko.choose_action("Reply in thread", "root of it")
    aiko.reply_in_thread("a small leaf")
    aiko.in_panel("a small leaf").hover()
    aiko.in_panel("a small leaf").get_by_role("button", name="More").click()
    aiko.page.get_by_role("menuitem", name="Copy link").click()
    aiko.expect_toast("Copied.")
    ben = open_as("elsewhere", "ben").open_address(aiko.page.evaluate("navigator.clipboard.readText()"))
    expect(ben.in_panel("a small leaf")).to_be_visible()
    expect(ben.message("root of it")).to_be_in_viewport()


def test_the_text_is_copied_as_it_was_typed(aiko):
    aiko.send("Some **strong** tea")
    aiko.expect_message("Some strong tea")
    assert copied_by(aiko, "Copy text", "Some strong tea") == "Some **strong** tea"


def test_it_is_copied_where_the_browser_has_no_clipboard(open_as):
    aiko = open_as("no clipboard", "aiko")
    aiko.page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    aiko.send_all("old ways")
    aiko.choose_action("Copy text", "old ways")
    aiko.expect_toast("Copied.")
    aiko.field.press("Control+v")
    expect(aiko.field).to_have_value("old ways")
