"""The list of rooms beside a room is right at every moment, on every device."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture(scope="module", autouse=True)
def made(rooms):
    rooms("tea", "garden", "kitchen", "study", "attic", "cellar")


def test_what_is_unread_is_counted_and_reading_here_clears_there(at):
    desk, phone, ben = at("tea", "aiko"), at("tea", "aiko"), at("garden", "ben")
    ben.says_all("one", "two")
    for device in (desk, phone):
        device.has_unread("garden", 2)
        device.has_title("(2) tea · Zashiki")
    desk.goes_to("garden")
    for device in (desk, phone):
        device.has_unread("garden", 0)
    phone.has_title("tea · Zashiki")
    phone.reloads()
    phone.has_unread("garden", 0)


def test_what_comes_while_one_looks_elsewhere_waits_in_the_title(at):
    aiko, ben = at("tea", "aiko"), at("tea", "ben")
    aiko.looks_away()
    ben.says_all("are you there?")
    aiko.has_title("(1) tea · Zashiki")
    aiko.has_unread("tea", 1)
    aiko.looks_back()
    aiko.has_title("tea · Zashiki")
    aiko.has_unread("tea", 0)


def test_where_one_is_spoken_to_is_marked_apart(at):
    aiko, ben = at("tea", "aiko"), at("kitchen", "ben")
    ben.says_all("nobody in particular")
    aiko.has_unread("kitchen", 1)
    expect(aiko.link("kitchen")).to_have_accessible_description("unread")
    ben.says("@aiko, dinner!")
    aiko.has_unread("kitchen", 2)
    expect(aiko.link("kitchen")).to_have_accessible_description("unread, you were mentioned")
    aiko.goes_to("kitchen")
    aiko.has_unread("kitchen", 0)


def test_rooms_appear_and_vanish_as_one_is_added_and_removed(at):
    aiko, ben = at("tea", "aiko"), at("tea", "ben")
    about = ben.makes_room("secret", "private") + "about/"
    expect(aiko.link("secret")).to_have_count(0)
    ben.opens(about)
    ben.page.get_by_label("Add people").select_option(label="Aiko")
    ben.presses("Add")
    expect(aiko.entry("secret")).to_be_visible()
    aiko.goes_to("secret")
    expect(aiko.link("secret")).to_have_attribute("aria-current", "page")
    aiko.goes_to("tea")
    ben.presses("Remove Aiko")
    expect(aiko.link("secret")).to_have_count(0)


def test_a_draft_is_marked_on_every_device(at):
    desk, phone = at("study", "aiko"), at("tea", "aiko")
    desk.field.fill("not yet")
    expect(phone.link("study")).to_have_accessible_description("has a draft")
    phone.goes_to("study")
    expect(phone.field).to_have_value("not yet")
    phone.says("now")
    phone.sees("now")
    phone.goes_to("tea")
    expect(phone.link("study")).to_have_accessible_description("")


def test_a_section_stays_folded(at):
    aiko = at("tea", "aiko")
    expect(aiko.entry("garden")).to_be_visible()
    aiko.sidebar.get_by_role("heading", name="Rooms").click()
    expect(aiko.entry("garden")).to_be_hidden()
    aiko.reloads()
    expect(aiko.entry("garden")).to_be_hidden()
    expect(aiko.entry("Ben")).to_be_visible()


def test_typing_leaves_the_rooms_that_are_called_so(at):
    aiko = at("tea", "aiko")
    find = aiko.sidebar.get_by_role("searchbox", name="Find a room")
    find.fill("ATT")
    expect(aiko.entry("attic")).to_be_visible()
    expect(aiko.entry("garden")).to_be_hidden()
    find.fill("nowhere")
    expect(aiko.sidebar.get_by_text("No matching rooms.")).to_be_visible()
    find.press("Escape")
    expect(aiko.entry("garden")).to_be_visible()
    find.fill("cellar")
    find.press("Enter")
    expect(aiko.page).to_have_title(re.compile("cellar"))
