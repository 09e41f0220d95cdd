"""Everything about messages by keys alone."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def aiko(open_as, request):
    return open_as(request.node.name, "aiko")


@pytest.fixture
def at_last(aiko):
    """``at_last("text")``: Aiko says it, and has gone to it by keys."""

    def go(text):
        aiko.send_all(text)
        aiko.page.keyboard.press("Shift+Tab")
        expect(aiko.page.locator(":focus")).to_contain_text(text)
        return aiko.message(text)

    return go


def test_arrows_lead_from_message_to_message(aiko, at_last):
    aiko.send_all("upper")
    at_last("lower")
    aiko.page.keyboard.press("ArrowUp")
    expect(aiko.message("upper")).to_be_focused()
    aiko.page.keyboard.press("ArrowDown")
    expect(aiko.message("lower")).to_be_focused()


def test_enter_opens_the_menu_and_a_letter_finds_in_it(aiko, at_last):
    message = at_last("pin me")
    aiko.page.keyboard.press("Enter")
    expect(aiko.focused).to_have_text("React")
    aiko.page.keyboard.press("p")
    expect(aiko.focused).to_have_text("Pin")
    aiko.page.keyboard.press("Enter")
    expect(message.get_by_text("pinned")).to_be_visible()
    aiko.page.keyboard.press("Escape")
    expect(message).to_be_focused()


def test_one_reacts_by_name(aiko, at_last):
    message = at_last("nice")
    aiko.page.keyboard.press("Enter")
    expect(aiko.focused).to_have_text("React")
    aiko.page.keyboard.press("Enter")
    expect(aiko.page.get_by_label("Search emoji by name")).to_be_focused()
    aiko.page.keyboard.type("rocket")
    aiko.page.keyboard.press("Enter")
    expect(aiko.reaction("nice")).to_have_text("🚀 1")
    expect(message).to_be_focused()


def test_r_answers_e_edits_t_opens_the_thread(aiko, at_last):
    at_last("letters")
    aiko.page.keyboard.press("r")
    expect(aiko.page.locator(".z-task")).to_contain_text("Replying to Aiko")
    expect(aiko.field).to_be_focused()
    expect(aiko.field).to_have_value("")
    aiko.page.keyboard.press("Escape")
    at_last("more letters")
    aiko.page.keyboard.press("e")
    expect(aiko.field).to_have_value("more letters")
    aiko.page.keyboard.press("Escape")
    message = at_last("last letters")
    aiko.page.keyboard.press("t")
    expect(aiko.panel.get_by_role("textbox")).to_be_focused()
    aiko.page.keyboard.press("Escape")
    expect(message).to_be_focused()


def test_delete_can_be_undone_by_keys(aiko, at_last):
    message = at_last("still here")
    aiko.page.keyboard.press("Delete")
    expect(message.get_by_role("button", name="Undo")).to_be_focused()
    aiko.page.keyboard.press("Enter")
    expect(message).to_be_focused()
    expect(message).not_to_have_attribute("data-state", "deleting")


def test_the_lists_of_a_room_are_reached_and_left_by_keys(aiko):
    button = aiko.page.get_by_role("button", name="Threads, pins and saved")
    button.focus()
    for name, region in (("p", "Pinned messages"), ("s", "Saved for later"), ("t", "Threads")):
        aiko.page.keyboard.press("Enter")
        expect(aiko.focused).to_have_text("Threads")
        aiko.page.keyboard.press(name)
        aiko.page.keyboard.press("Enter")
        expect(aiko.page.get_by_role("complementary", name=region)).to_be_visible()
        expect(aiko.page.get_by_role("button", name="Close")).to_be_focused()
        aiko.page.keyboard.press("Escape")
        expect(button).to_be_focused()
