"""Names of people and of rooms, in any script."""

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("room_name", ["雑談", "café", "tea room", "🍵", "a&b=c?#%25", "<b>bold", "قهوة"])
def test_a_room_has_any_name(guests, room_name):
    aiko, ben = guests().enters(room_name, "Aiko"), guests().enters(room_name, "Ben")
    expect(aiko.page.locator(".z-room-title")).to_have_text(room_name)
    aiko.says(f"This is {room_name}!")
    ben.sees(f"This is {room_name}!")


def test_the_index_asks_for_a_room_and_lists_those_that_are_open(house, guests):
    aiko = guests()
    aiko.page.goto(house.address())
    aiko.page.get_by_label("Which room?").fill("縁側")
    aiko.page.get_by_role("button", name="Enter the room").click()
    expect(aiko.page.locator(".z-room-title")).to_have_text("縁側")
    guests().enters("縁側", "Ben").says("ここです。")
    aiko.sees("ここです。")
    aiko.page.goto(house.address())
    expect(aiko.page.get_by_role("link", name="縁側")).to_be_visible()


@pytest.mark.parametrize("not_a_name", ["a" * 101, "\u202eabc", "\x07"])
def test_what_is_no_name_gets_a_page_that_says_why(guests, not_a_name):
    aiko = guests()
    aiko.faults = []
    answer = aiko.page.goto(aiko.house.address(not_a_name))
    assert answer.status == 404
    expect(aiko.page.get_by_role("heading", name="This cannot be a room")).to_be_visible()
    expect(aiko.page.get_by_text("A room's name has")).to_be_visible()
    aiko.faults.clear()  # the browser itself reports the 404


def test_a_visitor_chooses_a_name_and_goes_on_in_the_same_room(guests):
    aiko, ben = guests(), guests().enters("guests", "Ben")
    aiko.enters("guests", "愛子")
    expect(aiko.page.locator(".z-room-title")).to_have_text("guests")
    aiko.says("こんにちは")
    expect(ben.message("こんにちは").locator(".z-author")).to_have_text("愛子")
    expect(ben.message("こんにちは").locator(".z-avatar")).to_have_text("愛")


def test_a_visitor_takes_another_name(guests):
    aiko = guests().enters("renamed", "Aiko")
    aiko.page.locator(".z-me > summary").click()
    aiko.page.get_by_label("Your name").fill("Aiko Tanaka")
    aiko.page.get_by_role("button", name="Change").click()
    expect(aiko.page.locator(".z-me-name")).to_have_text("Aiko Tanaka")
    aiko.says("It is still me.")
    expect(aiko.message("It is still me.").locator(".z-author")).to_have_text("Aiko Tanaka")


def test_a_name_that_cannot_be_is_refused_with_a_sentence(guests):
    aiko = guests()
    aiko.page.goto(aiko.house.address("guests"))
    aiko.page.locator(".z-foot").get_by_role("textbox").fill("\u202eevil")
    aiko.page.locator(".z-foot").get_by_role("button").click()
    expect(aiko.page.get_by_role("alert")).to_have_text("This name contains characters that cannot be seen.")
    aiko.page.get_by_role("textbox").fill("Aiko")
    aiko.page.get_by_role("button", name="Use this name").click()
    expect(aiko.page.locator(".z-room-title")).to_have_text("guests")
    expect(aiko.field).to_be_visible()
    aiko.faults.clear()  # the browser itself reports the 400
