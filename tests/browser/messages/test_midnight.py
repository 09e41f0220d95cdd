"""A page that is left open: its days are those of now."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

TODAY = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
YESTERDAY = TODAY - timedelta(days=1)

COUNT_DAYS = """async () => {
  const { Today } = await import(document.querySelector('link[href*="/time."]').href);
  window.days = 0;
  new Today(() => window.days++);
}"""


def days_of(writer):
    return writer.page.locator(".z-messages .z-day")


@pytest.fixture
def aiko(open_as, server_with_accounts, request):
    """By her clock, which the test sets, it is a minute before midnight, and the last messages are of that day."""
    server_with_accounts.run("tests.browser.messages.seed_days", request.node.name, "1")
    aiko = open_as("somewhere else", "aiko", timezone_id="UTC")
    aiko.page.clock.install(time=YESTERDAY + timedelta(hours=23, minutes=59))
    aiko.open_room(request.node.name)
    expect(days_of(aiko)).to_have_text(["today"])
    return aiko


def test_at_midnight_today_becomes_yesterday_and_then_a_date(aiko):
    aiko.page.clock.fast_forward("01:01")
    expect(days_of(aiko)).to_have_text(["yesterday"])
    aiko.page.clock.fast_forward("24:00:00")
    expect(days_of(aiko)).to_have_text([re.compile(YESTERDAY.strftime("%A"))])


def test_a_device_that_slept_knows_the_day_when_it_wakes(aiko):
    aiko.page.clock.set_system_time(TODAY + timedelta(hours=8))
    aiko.show_tab()
    expect(days_of(aiko)).to_have_text(["yesterday"])


def test_the_first_message_of_a_day_stands_below_the_only_line_of_today(aiko, open_as, request):
    aiko.page.clock.set_system_time(datetime.now(UTC))
    open_as(request.node.name, "ben").send_all("good morning")
    aiko.expect_message("good morning")
    expect(days_of(aiko)).to_have_text(["yesterday", "today"])


@pytest.mark.parametrize(
    ("zone", "before_midnight"),
    [
        ("America/New_York", "2026-11-02T04:59:30Z"),
        ("Europe/Berlin", "2027-03-28T21:59:30Z"),
        ("Africa/Cairo", "2026-04-23T21:59:30Z"),
    ],
    ids=["a day of 25 hours", "a day of 23 hours", "no midnight"],
)
def test_a_day_ends_when_the_clocks_of_its_place_say_so(open_as, zone, before_midnight):
    aiko = open_as("clocks", "aiko", timezone_id=zone)
    aiko.page.clock.install(time=before_midnight)
    aiko.open_room("clocks").page.evaluate(COUNT_DAYS)
    aiko.page.clock.fast_forward("00:20")
    assert aiko.page.evaluate("window.days") == 0
    aiko.page.clock.fast_forward("00:20")
    assert aiko.page.evaluate("window.days") == 1
