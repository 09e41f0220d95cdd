"""A day is gone to by its date, however long ago."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.messages.seed_days import A_DAY

DAYS = 30  # of which each has messages


@pytest.fixture(scope="module", autouse=True)
def made(chat_server):
    chat_server.run("tests.browser.messages.seed_days", "diary", str(DAYS))


def today():
    """Where the chat_server and those who read are; Django's settings of the tests may lie elsewhere."""
    return datetime.now(UTC).date()


def goes_to_day(writer, day):
    writer.choose_from_room_menu("Jump to date")
    dialog = writer.page.get_by_role("dialog", name="Jump to date")
    dialog.get_by_label("Date").fill(day.isoformat())
    dialog.get_by_role("button", name="Go", exact=True).click()


def test_a_date_leads_to_what_was_said_then(open_as):
    aiko = open_as("diary", "aiko", timezone_id="UTC")
    goes_to_day(aiko, today() - timedelta(days=20))
    first = aiko.message("20 days ago, 1 of")
    expect(first).to_be_focused()
    expect(first).to_be_in_viewport()
    expect(aiko.message("21 days ago, 12 of")).to_be_attached()
    positions = aiko.positions()
    assert positions == list(range(positions[0], positions[-1] + 1)), "it is loaded with its neighbours"
    assert DAYS * A_DAY not in positions


def test_a_button_leads_back_to_the_newest(open_as):
    aiko = open_as("diary", "aiko", timezone_id="UTC")
    goes_to_day(aiko, today() - timedelta(days=20))
    expect(aiko.message("20 days ago, 1 of")).to_be_in_viewport()
    newest = aiko.page.get_by_role("button", name="Newest messages")
    newest.click()
    expect(aiko.messages.last).to_contain_text("1 days ago, 12 of 12")
    expect(aiko.messages.last).to_be_in_viewport()
    expect(newest).to_be_hidden()
    expect(aiko.field).to_be_focused()


def test_before_the_first_day_one_comes_to_the_beginning(open_as):
    aiko = open_as("diary", "aiko", timezone_id="UTC")
    goes_to_day(aiko, today() - timedelta(days=DAYS + 100))
    expect(aiko.message(f"{DAYS} days ago, 1 of")).to_be_focused()
    expect(aiko.page.get_by_text("This is the beginning of the room.")).to_be_visible()


def test_a_quote_leads_to_what_is_not_in_the_page(open_as):
    aiko = open_as("diary", "aiko", timezone_id="UTC")
    goes_to_day(aiko, today() - timedelta(days=25))
    quoted = aiko.page.locator(f'[data-position="{(DAYS - 25) * A_DAY + 3}"]')
    aiko.choose_action("Reply", "25 days ago, 3 of")
    aiko.send("I remember this.")
    aiko.expect_message("I remember this.")
    expect(quoted).not_to_be_attached()
    aiko.message("I remember this.").locator(".z-quote").click()
    expect(quoted).to_be_focused()
    expect(quoted).to_contain_text("25 days ago, 3 of 12")
