"""Names of people and of emoji are offered while one types."""

import re

from playwright.sync_api import expect


def offers_of(writer):
    return writer.page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def both_have_spoken(open_as, room_name):
    aiko, ben = open_as(room_name, "aiko"), open_as(room_name, "ben")
    aiko.send_all("hello")
    ben.send_all("hi")
    return aiko, ben


def test_a_person_is_spoken_to_by_a_few_letters(open_as):
    aiko, ben = both_have_spoken(open_as, "mentions")
    aiko.field.press_sequentially("Tea, @b")
    expect(offers_of(aiko)).to_have_accessible_name("Ben")
    expect(aiko.field).to_have_attribute("aria-activedescendant", re.compile("z-offers-.*-0"))
    aiko.field.press("Enter")
    expect(aiko.field).to_have_value("Tea, @Ben ")
    expect(offers_of(aiko)).to_have_count(0)
    aiko.field.press_sequentially("?")
    aiko.field.press("Enter")
    expect(ben.message("Tea, @Ben ?").locator(".mention")).to_have_text("@Ben")
    expect(ben.message("Tea, @Ben ?")).to_have_attribute("data-mentions-me", "")
    expect(aiko.message("Tea, @Ben ?")).not_to_have_attribute("data-mentions-me", "")


def test_speaking_to_the_room_says_how_many_it_reaches(open_as):
    aiko, ben = both_have_spoken(open_as, "everybody")
    aiko.field.press_sequentially("@roo")
    expect(offers_of(aiko)).to_have_accessible_name("@room notifies 1 person")
    aiko.field.press("Tab")
    expect(aiko.field).to_have_value("@room ")
    aiko.field.press_sequentially("dinner!")
    aiko.field.press("Enter")
    expect(ben.message("dinner!")).to_have_attribute("data-mentions-me", "")


def test_an_emoji_is_offered_by_its_name(open_as):
    aiko = open_as("emoji", "aiko")
    aiko.field.press_sequentially("cheers :beer")
    expect(offers_of(aiko).first).to_contain_text("🍺")
    aiko.field.press("ArrowDown")
    expect(offers_of(aiko).nth(1)).to_have_attribute("aria-selected", "true")
    aiko.field.press("ArrowUp")
    aiko.field.press("Enter")
    expect(aiko.field).to_have_value("cheers 🍺 ")


def test_who_types_fast_gets_what_they_typed(open_as):
    aiko = open_as("fast", "aiko")
    aiko.field.press_sequentially(":te")
    expect(offers_of(aiko).first).to_be_visible()
    aiko.field.press_sequentially("apot", delay=0)
    aiko.field.press("Enter")
    expect(aiko.field).to_have_value("🫖 ")


def test_escape_leaves_what_was_typed(open_as):
    aiko, _ = both_have_spoken(open_as, "no offers")
    aiko.field.press_sequentially("@be")
    expect(offers_of(aiko)).to_have_count(1)
    aiko.field.press("Escape")
    expect(offers_of(aiko)).to_have_count(0)
    expect(aiko.field).to_have_value("@be")
    aiko.field.press("Enter")
    aiko.expect_message("@be")


def test_names_are_offered_in_a_thread_as_well(open_as):
    aiko, ben = both_have_spoken(open_as, "thread names")
    aiko.choose_action("Reply in thread", "hello")
    answer = aiko.panel.get_by_role("textbox")
    expect(answer).to_be_focused()
    answer.press_sequentially("@b", delay=150)  # milliseconds; a person types no faster
    expect(offers_of(aiko)).to_have_accessible_name("Ben")
    answer.press("Enter")
    expect(answer).to_have_value("@Ben ")
    answer.press_sequentially("look")
    answer.press("Enter")
    expect(aiko.in_panel("look").locator(".mention")).to_have_text("@Ben")


def test_who_was_chosen_is_not_offered_again(open_as):
    aiko, ben = both_have_spoken(open_as, "once")
    aiko.field.press_sequentially("thanks @be")
    expect(offers_of(aiko)).to_have_count(1)
    aiko.field.press("Enter")
    expect(aiko.field).to_have_value("thanks @Ben ")
    aiko.field.press("Enter")
    ben.expect_message("thanks @Ben")
