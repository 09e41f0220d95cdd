"""Messages under a thumb: a sheet for each, a panel over all."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW

THUMB = 44  # pixels


@pytest.fixture
def aiko(open_as, request):
    return open_as(request.node.name, "aiko", viewport=NARROW, has_touch=True, is_mobile=True)


def send(writer, text):
    """Enter begins a line on a telephone."""
    writer.field.fill(text)
    writer.page.get_by_role("button", name="Send").tap()
    writer.expect_message(text)


def opens_sheet(writer, text):
    """By the button at the message's end, that every message shows where it is tapped."""
    message = writer.message(text)
    message.tap()
    more = message.get_by_role("button", name="More")
    expect(more).to_be_visible()
    more.tap()
    return writer.page.get_by_role("menu", name="Message actions")


def test_a_sheet_from_below_holds_what_can_be_done(aiko):
    send(aiko, "tap me")
    sheet = opens_sheet(aiko, "tap me")
    expect(sheet).to_be_visible()
    box = sheet.bounding_box()
    assert (box["x"], box["width"]) == (0, NARROW["width"])
    assert box["y"] + box["height"] == pytest.approx(NARROW["height"], abs=1)
    for item in sheet.get_by_role("menuitem").all():
        if item.is_visible():
            assert item.bounding_box()["height"] >= THUMB
    sheet.get_by_role("menuitem", name="Save for later").tap()
    aiko.expect_toast("Saved for later.")


def test_a_sign_is_chosen_from_a_sheet(aiko):
    send(aiko, "how was it?")
    opens_sheet(aiko, "how was it?").get_by_role("menuitem", name="React").tap()
    aiko.page.get_by_role("button", name="🍵", exact=True).tap()
    expect(aiko.reaction("how was it?")).to_have_text("🍵 1")


def test_a_thread_lies_over_the_room_and_is_closed_by_a_button(aiko):
    send(aiko, "a long story")
    opens_sheet(aiko, "a long story").get_by_role("menuitem", name="Reply in thread").tap()
    assert aiko.panel.bounding_box()["width"] == NARROW["width"]
    aiko.reply_in_thread("and then?")
    aiko.panel.get_by_role("button", name="Close").tap()
    expect(aiko.panel).to_be_hidden()
    expect(aiko.message("a long story").get_by_role("button", name="Replies")).to_be_visible()


def test_a_list_steps_aside_for_what_it_leads_to(aiko):
    send(aiko, "look here")
    send(aiko, "and here")
    opens_sheet(aiko, "look here").get_by_role("menuitem", name="Pin", exact=True).tap()
    aiko.choose_from_room_menu("Pinned messages")
    aiko.in_panel("look here").get_by_role("button", name="Show in room").tap()
    expect(aiko.panel).to_be_hidden()
    expect(aiko.message("look here")).to_be_focused()
