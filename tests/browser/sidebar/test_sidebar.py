"""The list of rooms beside a room is right at every moment, on every device."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture(scope="module", autouse=True)
def made(rooms):
    rooms("tea", "garden", "kitchen", "study", "attic", "cellar")


def test_what_is_unread_is_counted_and_reading_here_clears_there(open_as):
    desk, phone, ben = open_as("tea", "aiko"), open_as("tea", "aiko"), open_as("garden", "ben")
    ben.send_all("one", "two")
    for device in (desk, phone):
        device.expect_unread("garden", 2)
        device.expect_title("(2) tea · Zashiki")
    desk.switch_to("garden")
    for device in (desk, phone):
        device.expect_unread("garden", 0)
    phone.expect_title("tea · Zashiki")
    phone.reload()
    phone.expect_unread("garden", 0)


def test_what_comes_while_one_looks_elsewhere_waits_in_the_title(open_as):
    aiko, ben = open_as("tea", "aiko"), open_as("tea", "ben")
    aiko.hide_tab()
    ben.send_all("are you there?")
    aiko.expect_title("(1) tea · Zashiki")
    aiko.expect_unread("tea", 1)
    aiko.show_tab()
    aiko.expect_title("tea · Zashiki")
    aiko.expect_unread("tea", 0)


def test_where_one_is_spoken_to_is_marked_apart(open_as):
    aiko, ben = open_as("tea", "aiko"), open_as("kitchen", "ben")
    ben.send_all("nobody in particular")
    aiko.expect_unread("kitchen", 1)
    expect(aiko.link("kitchen")).to_have_accessible_description("unread")
    ben.send("@aiko, dinner!")
    aiko.expect_unread("kitchen", 2)
    expect(aiko.link("kitchen")).to_have_accessible_description("unread, you were mentioned")
    aiko.switch_to("kitchen")
    aiko.expect_unread("kitchen", 0)


def test_rooms_appear_and_vanish_as_one_is_added_and_removed(open_as):
    aiko, ben = open_as("tea", "aiko"), open_as("tea", "ben")
    about = ben.create_room("secret", "private") + "about/"
    expect(aiko.link("secret")).to_have_count(0)
    ben.open(about)
    ben.page.get_by_label("Add people").select_option(label="Aiko")
    ben.press("Add")
    expect(aiko.entry("secret")).to_be_visible()
    aiko.switch_to("secret")
    expect(aiko.link("secret")).to_have_attribute("aria-current", "page")
    aiko.switch_to("tea")
    ben.press("Remove Aiko")
    expect(aiko.link("secret")).to_have_count(0)


def test_a_draft_is_marked_on_every_device(open_as):
    desk, phone = open_as("study", "aiko"), open_as("tea", "aiko")
    desk.field.fill("not yet")
    expect(phone.link("study")).to_have_accessible_description("has a draft")
    phone.switch_to("study")
    expect(phone.field).to_have_value("not yet")
    phone.send("now")
    phone.expect_message("now")
    phone.switch_to("tea")
    expect(phone.link("study")).to_have_accessible_description("")


def test_a_section_stays_folded(open_as):
    aiko = open_as("tea", "aiko")
    expect(aiko.entry("garden")).to_be_visible()
    aiko.sidebar.get_by_role("heading", name="Rooms").click()
    expect(aiko.entry("garden")).to_be_hidden()
    aiko.reload()
    expect(aiko.entry("garden")).to_be_hidden()
    expect(aiko.entry("Ben")).to_be_visible()


def test_typing_leaves_the_rooms_that_are_called_so(open_as):
    aiko = open_as("tea", "aiko")
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
