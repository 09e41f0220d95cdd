"""Where one left off, what is new, and coming back to it later."""

import pytest
from playwright.sync_api import expect

from tests.browser.sidebar.sidebar_page import SidebarPage


@pytest.fixture(scope="module", autouse=True)
def made(rooms):
    rooms("tea", "garden", "veranda", "kitchen", "library", "study")


def line_of(sidebar_page: SidebarPage):
    """The message above which everything is old."""
    return sidebar_page.messages.filter(has=sidebar_page.page.locator(".z-unread-divider"))


def test_a_line_stands_where_one_left_off(open_as):
    aiko, ben = open_as("tea", "aiko"), open_as("garden", "ben")
    ben.send_all("old")
    phone = open_as("garden", "aiko")
    aiko.expect_unread("garden", 0)
    phone.switch_to("tea")
    ben.send_all("new", "newer")
    aiko.expect_unread("garden", 2)
    aiko.switch_to("garden")
    expect(line_of(aiko)).to_contain_text("new")
    expect(line_of(aiko)).to_have_count(1)
    aiko.expect_unread("garden", 0)
    expect(line_of(aiko)).to_have_count(1)
    aiko.send("I have seen it")
    expect(line_of(aiko)).to_have_count(0)


def test_what_comes_while_one_looks_away_is_below_a_line(open_as):
    aiko, ben = open_as("veranda", "aiko"), open_as("veranda", "ben")
    ben.send_all("seen")
    aiko.expect_unread("veranda", 0)
    expect(line_of(aiko)).to_have_count(0)
    aiko.hide_tab()
    ben.send_all("while you were away", "and this")
    aiko.show_tab()
    expect(line_of(aiko)).to_contain_text("while you were away")


def test_much_that_is_new_can_be_read_from_its_beginning(chat_server, open_as, rooms):
    chat_server.run("tests.browser.sidebar.seed_long_room", "library", "120", "aiko", "20")
    aiko = open_as("library", "aiko")
    way = aiko.page.get_by_role("button", name="New messages: 100")
    way.click()
    expect(line_of(aiko)).to_contain_text("Message 21 of")
    expect(line_of(aiko)).to_be_in_viewport()
    expect(way).to_be_hidden()
    newest = aiko.page.get_by_role("button", name="Newest messages")
    newest.click()
    expect(aiko.message("Message 120 of")).to_be_in_viewport()
    expect(newest).to_be_hidden()


def test_a_message_can_be_kept_unread(open_as):
    desk, phone, ben = open_as("kitchen", "aiko"), open_as("tea", "aiko"), open_as("kitchen", "ben")
    ben.send_all("first", "second", "third")
    desk.expect_unread("kitchen", 0)
    desk.choose_action("Mark unread from here", "second")
    for device in (desk, phone):
        device.expect_unread("kitchen", 2)
    expect(line_of(desk)).to_contain_text("second")
    desk.hide_tab()
    desk.show_tab()
    phone.expect_unread("kitchen", 0)


def test_who_reads_the_past_has_not_read_what_is_new(chat_server, open_as):
    chat_server.run("tests.browser.sidebar.seed_long_room", "study", "120", "aiko", "120")
    aiko, ben = open_as("study", "aiko"), open_as("study", "ben")
    aiko.scroll_to(500)
    ben.send_all("breaking news")
    aiko.expect_unread("study", 1)
    aiko.page.get_by_role("button", name="Newest messages 1").click()
    aiko.expect_unread("study", 0)
