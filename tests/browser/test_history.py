"""Long rooms: a bounded page over an unbounded past."""

import pytest
from playwright.sync_api import expect

from tests.browser.delayed_traffic import Late

COUNT = 700
BOUND = 340  # messages that a page may hold


@pytest.fixture(scope="module")
def long_room(chat_server):
    chat_server.fill("long", COUNT)
    return "long"


def scroll_until(guest, pixels, position):
    """Turn the wheel until the message at this position is in the page."""
    for _ in range(150):
        if position in guest.positions():
            return
        guest.scroll(pixels)
        guest.page.wait_for_timeout(50)
    raise AssertionError(
        f"never came to {position}, but to {guest.positions()[0]} .. {guest.positions()[-1]}"
    )


def assert_whole(positions):
    assert positions == list(range(positions[0], positions[-1] + 1)), "the past has holes"
    assert len(positions) <= BOUND


def test_a_room_opens_at_its_end(browsers, long_room):
    aiko = browsers().enter(long_room, "Aiko")
    expect(aiko.message(f"Message {COUNT} of")).to_be_in_viewport()
    assert aiko.positions() == list(range(COUNT - 49, COUNT + 1))


def test_a_room_is_at_its_end_before_any_script_has_come(browsers, long_room):
    aiko = browsers(java_script_enabled=False)
    aiko.page.goto(aiko.chat_server.address(long_room))
    expect(aiko.message(f"Message {COUNT} of")).to_be_in_viewport()
    drawn = aiko.heads()
    everyone = browsers().enter(long_room)
    assert everyone.heads() == drawn, "what was drawn changes its shape when it comes alive"


def test_scrolling_up_and_down_goes_through_everything(browsers, long_room):
    aiko = browsers().enter(long_room, "Aiko")
    scroll_until(aiko, -3000, 1)
    assert_whole(aiko.positions())
    expect(aiko.page.get_by_text("This is the beginning of the room.")).to_be_attached()
    scroll_until(aiko, 3000, COUNT)
    assert_whole(aiko.positions())


def test_what_one_reads_stays_where_it_is_when_older_messages_arrive(browsers, long_room):
    aiko = browsers().enter(long_room, "Aiko")
    expect(aiko.message(f"Message {COUNT} of")).to_be_in_viewport()
    aiko.scroll_to(1500)
    anchor = aiko.messages.filter(has_text=f"Message {COUNT - 20} of")
    before = anchor.bounding_box()["y"]
    aiko.scroll_to(500)
    expect(aiko.message(f"Message {COUNT - 60} of")).to_be_attached()
    assert anchor.bounding_box()["y"] == pytest.approx(before + 1000, abs=2)


def test_news_do_not_move_who_reads_the_past(browsers, long_room):
    aiko, ben = browsers().enter(long_room, "Aiko"), browsers().enter(long_room, "Ben")
    aiko.scroll_to(1000)
    ben.send("Something new!")
    ben.expect_message("Something new!")
    to_newest = aiko.page.get_by_role("button", name="Newest messages 1")
    expect(to_newest).to_be_visible()
    assert aiko.scroll_offsets()[0] == pytest.approx(1000, abs=2)
    to_newest.click()
    expect(aiko.message("Something new!")).to_be_in_viewport()
    expect(to_newest).to_be_hidden()


def test_what_is_said_while_a_page_is_on_its_way_is_not_missed(browsers, long_room):
    """The page was read before, and comes after, what is said now."""
    aiko, ben = browsers(), browsers().enter(long_room, "Ben")
    pages = Late(aiko.page, Late.PAGE)
    aiko.enter(long_room, "Aiko")
    scroll_until(aiko, -3000, 100)
    pages.hold()
    aiko.page.get_by_role("button", name="Newest messages").evaluate("one => one.click()")
    pages.wait()
    ben.send("Said in between.")
    ben.expect_message("Said in between.")
    aiko.page.wait_for_timeout(500)
    pages.release()
    aiko.expect_message("Said in between.")
    aiko.send("So I see it.")
    aiko.expect_message("So I see it.")
    assert_whole(aiko.positions())


def test_who_writes_in_the_past_comes_to_the_end(browsers, long_room):
    aiko = browsers().enter(long_room, "Aiko")
    scroll_until(aiko, -3000, 100)
    aiko.send("Back to the present.")
    aiko.expect_message("Back to the present.")
    expect(aiko.message("Back to the present.")).to_be_in_viewport()
    assert_whole(aiko.positions())
    assert aiko.scroll_offsets()[1] < 2
