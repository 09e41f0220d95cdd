"""What is done with messages, in Japanese."""

import re

import pytest
from playwright.sync_api import expect

JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


@pytest.fixture
def room_name(request):
    return f"雑談 {request.node.name}"


@pytest.fixture
def aiko(open_as, room_name):
    aiko = open_as(room_name, "aiko", locale="ja")
    aiko.send_all("お茶をいれました。")
    return aiko


def test_every_word_around_a_message_is_japanese(aiko):
    message = aiko.message("お茶をいれました。")
    message.hover()
    for button in message.get_by_role("toolbar").get_by_role("button").all():
        expect(button).to_have_accessible_name(JAPANESE)
    message.get_by_role("toolbar").get_by_role("button").last.click()
    assert_japanese(aiko.page.get_by_role("menuitem"))
    aiko.page.get_by_role("menuitem", name="スレッド").click()
    expect(aiko.panel).to_have_accessible_name("スレッド")
    expect(aiko.panel.get_by_role("textbox")).to_have_accessible_name(JAPANESE)


def test_the_lists_of_a_room_are_called_and_empty_in_japanese(aiko):
    for number in range(3):
        aiko.page.locator(".z-room-menu").click()
        assert_japanese(aiko.page.get_by_role("menuitem"))
        aiko.page.get_by_role("menuitem").nth(number).click()
        expect(aiko.panel).to_have_accessible_name(JAPANESE)
        expect(aiko.panel.locator("[data-empty]:visible")).to_have_text(JAPANESE)
        aiko.page.keyboard.press("Escape")


def test_a_name_is_completed_behind_japanese_text(aiko, open_as, room_name):
    ben = open_as(room_name, "ben")
    ben.send_all("はい。")
    aiko.expect_message("はい。")
    aiko.field.press_sequentially("どうぞ、@be")
    expect(aiko.page.locator('[data-part="choices"]').get_by_role("option")).to_have_accessible_name("Ben")
    aiko.field.press("Enter")
    aiko.field.press("Enter")
    expect(ben.message("どうぞ、").locator(".mention")).to_have_text("@Ben")


def assert_japanese(items):
    expect(items.locator("visible=true").first).to_be_visible()
    shown = [item for item in items.all() if item.is_visible()]
    assert len(shown) > 2
    for item in shown:
        expect(item).to_have_accessible_name(JAPANESE)
