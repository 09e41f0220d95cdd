"""From room to room by a few keys, and by thumb."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW


@pytest.fixture(scope="module", autouse=True)
def made(rooms):
    rooms("tea", "garden", "garage", "kitchen")


def switcher_of(sidebar_page):
    sidebar_page.page.keyboard.press("Control+k")
    return sidebar_page.page.get_by_role("combobox", name="Go to a room or a person")


def choices_of(sidebar_page):
    return sidebar_page.page.get_by_role("listbox", name="Rooms and people").get_by_role("option")


def test_a_few_letters_lead_to_a_room(open_as):
    aiko = open_as("tea", "aiko")
    field = switcher_of(aiko)
    expect(field).to_be_focused()
    field.press_sequentially("ga")
    expect(choices_of(aiko)).to_have_text([re.compile("garage"), re.compile("garden")])
    field.press("ArrowDown")
    expect(choices_of(aiko).nth(1)).to_have_attribute("aria-selected", "true")
    expect(choices_of(aiko).nth(1)).to_contain_text("garden")
    field.press("Enter")
    expect(aiko.page).to_have_title(re.compile("garden"))


def test_escape_gives_the_focus_back(open_as):
    aiko = open_as("tea", "aiko")
    aiko.field.focus()
    field = switcher_of(aiko)
    field.press("Escape")
    expect(field).to_be_hidden()
    expect(aiko.field).to_be_focused()


def test_where_something_waits_stands_first(open_as):
    aiko, ben = open_as("tea", "aiko"), open_as("kitchen", "ben")
    ben.send_all("soup")
    aiko.expect_unread("kitchen", 1)
    switcher_of(aiko)
    expect(choices_of(aiko).first).to_contain_text("kitchen")
    aiko.page.keyboard.press("Enter")
    aiko.wait_until_ready().expect_message("soup")


def test_a_person_is_found_and_talked_to(open_as):
    aiko = open_as("tea", "aiko")
    switcher_of(aiko).press_sequentially("kei")
    choices_of(aiko).filter(has_text="Kei").click()
    expect(aiko.page.get_by_role("heading", level=1, name="Kei")).to_be_visible()


def test_a_question_mark_shows_all_keys(open_as):
    aiko = open_as("tea", "aiko")
    aiko.field.press("?")
    expect(aiko.field).to_have_value("?")
    aiko.field.fill("")
    timeline = aiko.page.get_by_role("region", name="Messages")
    timeline.focus()
    aiko.page.keyboard.press("?")
    keys = aiko.page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(keys).to_contain_text("Edit your last message")
    aiko.page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    expect(timeline).to_be_focused()


def test_the_drawer_keeps_the_focus_and_gives_it_back(open_as):
    aiko = open_as("tea", "aiko", viewport=NARROW, has_touch=True, is_mobile=True)
    button = aiko.page.get_by_role("button", name="Rooms")
    button.click()
    expect(aiko.link("tea")).to_be_focused()
    for _ in range(30):
        aiko.page.keyboard.press("Tab")
        assert aiko.page.evaluate("!document.activeElement.closest('main')")
    aiko.page.keyboard.press("Escape")
    expect(aiko.sidebar).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    aiko.switch_to("garden")
    expect(aiko.sidebar).to_be_hidden()
