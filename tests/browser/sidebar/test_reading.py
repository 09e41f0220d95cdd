"""Where one left off, what is new, and coming back to it later."""

import pytest
from playwright.sync_api import expect

from tests.browser.sidebar.dweller import Dweller


@pytest.fixture(scope="module", autouse=True)
def made(rooms):
    rooms("tea", "garden", "veranda", "kitchen", "library", "study")


def line_of(dweller: Dweller):
    """The message above which everything is old."""
    return dweller.messages.filter(has=dweller.page.locator(".z-unread-divider"))


def test_a_line_stands_where_one_left_off(at):
    aiko, ben = at("tea", "aiko"), at("garden", "ben")
    ben.says_all("old")
    phone = at("garden", "aiko")
    aiko.has_unread("garden", 0)
    phone.goes_to("tea")
    ben.says_all("new", "newer")
    aiko.has_unread("garden", 2)
    aiko.goes_to("garden")
    expect(line_of(aiko)).to_contain_text("new")
    expect(line_of(aiko)).to_have_count(1)
    aiko.has_unread("garden", 0)
    expect(line_of(aiko)).to_have_count(1)
    aiko.says("I have seen it")
    expect(line_of(aiko)).to_have_count(0)


def test_what_comes_while_one_looks_away_is_below_a_line(at):
    aiko, ben = at("veranda", "aiko"), at("veranda", "ben")
    ben.says_all("seen")
    aiko.has_unread("veranda", 0)
    expect(line_of(aiko)).to_have_count(0)
    aiko.looks_away()
    ben.says_all("while you were away", "and this")
    aiko.looks_back()
    expect(line_of(aiko)).to_contain_text("while you were away")


def test_much_that_is_new_can_be_read_from_its_beginning(chat_server, at, rooms):
    chat_server.run("tests.browser.sidebar.backlog", "library", "120", "aiko", "20")
    aiko = at("library", "aiko")
    way = aiko.page.get_by_role("button", name="New messages: 100")
    way.click()
    expect(line_of(aiko)).to_contain_text("Message 21 of")
    expect(line_of(aiko)).to_be_in_viewport()
    expect(way).to_be_hidden()
    newest = aiko.page.get_by_role("button", name="Newest messages")
    newest.click()
    expect(aiko.message("Message 120 of")).to_be_in_viewport()
    expect(newest).to_be_hidden()


def test_a_message_can_be_kept_unread(at):
    desk, phone, ben = at("kitchen", "aiko"), at("tea", "aiko"), at("kitchen", "ben")
    ben.says_all("first", "second", "third")
    desk.has_unread("kitchen", 0)
    desk.does("Mark unread from here", "second")
    for device in (desk, phone):
        device.has_unread("kitchen", 2)
    expect(line_of(desk)).to_contain_text("second")
    desk.looks_away()
    desk.looks_back()
    phone.has_unread("kitchen", 0)


def test_who_reads_the_past_has_not_read_what_is_new(chat_server, at):
    chat_server.run("tests.browser.sidebar.backlog", "study", "120", "aiko", "120")
    aiko, ben = at("study", "aiko"), at("study", "ben")
    aiko.scrolls_to(500)
    ben.says_all("breaking news")
    aiko.has_unread("study", 1)
    aiko.page.get_by_role("button", name="Newest messages 1").click()
    aiko.has_unread("study", 0)
