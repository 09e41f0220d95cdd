"""Who is here, and who is about to say something."""

import pytest
from playwright.sync_api import expect


@pytest.fixture(scope="module", autouse=True)
def made(rooms):
    rooms("tea", "garden", "typing")


def test_the_head_tells_who_is_here(open_as):
    aiko = open_as("tea", "aiko")
    here = aiko.page.get_by_role("button", name="Who is here")
    expect(here).to_have_text("AWho is here 1")
    ben = open_as("tea", "ben")
    expect(here).to_have_accessible_name("Who is here 2")
    here.click()
    names = aiko.page.get_by_role("dialog", name="Who is here").get_by_role("listitem")
    expect(names).to_have_text(["AAiko", "BBen"])
    aiko.page.keyboard.press("Escape")
    expect(here).to_be_focused()
    ben.switch_to("garden")
    expect(here).to_have_accessible_name("Who is here 1")


def test_one_sees_that_somebody_is_typing_until_they_have_said_it(open_as):
    aiko, ben = open_as("typing", "aiko"), open_as("typing", "ben")
    said = aiko.page.get_by_text("Ben is typing …")
    expect(ben.page.get_by_role("button", name="Who is here")).to_be_visible()
    ben.field.press_sequentially("well, let me think")
    expect(said).to_be_visible()
    expect(ben.page.get_by_text("is typing …").first).to_be_hidden()
    ben.send("Yes.")
    aiko.expect_message("Yes.")
    expect(said).to_be_hidden()


def test_who_stops_typing_is_forgotten(open_as):
    aiko, ben = open_as("typing", "aiko"), open_as("typing", "ben")
    aiko.page.clock.install()
    ben.field.press_sequentially("hm")
    expect(aiko.page.get_by_text("Ben is typing …")).to_be_visible()
    aiko.page.clock.fast_forward(7_000)
    expect(aiko.page.get_by_text("Ben is typing …")).to_be_hidden()


def test_a_dot_tells_whether_those_of_direct_rooms_are_there(open_as):
    aiko = open_as("tea", "aiko")
    expect(aiko.link("Ben")).to_have_accessible_description("")
    ben = open_as("garden", "ben")
    expect(aiko.link("Ben")).to_have_accessible_description("online")
    expect(ben.link("Aiko")).to_have_accessible_description("online")
    ben.context.close()
    expect(aiko.link("Ben")).to_have_accessible_description("")
