"""Names of people and of rooms, in any script."""

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("room_name", ["雑談", "café", "tea room", "🍵", "a&b=c?#%25", "<b>bold", "قهوة"])
def test_a_room_has_any_name(browsers, room_name):
    aiko, ben = browsers().enter(room_name, "Aiko"), browsers().enter(room_name, "Ben")
    expect(aiko.page.locator(".z-room-title")).to_have_text(room_name)
    aiko.send(f"This is {room_name}!")
    ben.expect_message(f"This is {room_name}!")


def test_the_index_asks_for_a_room_and_lists_those_that_are_open(chat_server, browsers):
    aiko = browsers()
    aiko.page.goto(chat_server.address())
    aiko.page.get_by_label("Go to a room").fill("縁側")
    aiko.page.get_by_role("button", name="Open").click()
    expect(aiko.page.locator(".z-room-title")).to_have_text("縁側")
    browsers().enter("縁側", "Ben").send("ここです。")
    aiko.expect_message("ここです。")
    aiko.page.goto(chat_server.address())
    expect(aiko.page.get_by_role("link", name="縁側")).to_be_visible()


@pytest.mark.parametrize("not_a_name", ["a" * 101, "\u202eabc", "a\x07b"])
def test_what_is_no_name_gets_a_page_that_says_why(browsers, not_a_name):
    aiko = browsers()
    aiko.faults = []
    answer = aiko.page.goto(aiko.chat_server.address(not_a_name))
    assert answer.status == 404
    expect(aiko.page.get_by_role("heading", name="This name cannot be used for a room")).to_be_visible()
    expect(aiko.page.get_by_text("Room names can")).to_be_visible()
    aiko.faults.clear()  # the browser itself reports the 404


def test_a_visitor_chooses_a_name_and_goes_on_in_the_same_room(browsers):
    aiko, ben = browsers(), browsers().enter("guests", "Ben")
    aiko.enter("guests", "愛子")
    expect(aiko.page.locator(".z-room-title")).to_have_text("guests")
    aiko.send("こんにちは")
    expect(ben.message("こんにちは").locator(".z-author")).to_have_text("愛子")
    expect(ben.message("こんにちは").locator(".z-avatar")).to_have_text("愛")


def test_a_visitor_takes_another_name(browsers):
    aiko = browsers().enter("renamed", "Aiko")
    aiko.page.locator(".z-user-menu > summary").click()
    aiko.page.get_by_label("Display name").fill("Aiko Tanaka")
    aiko.page.get_by_role("button", name="Change").click()
    expect(aiko.page.locator(".z-user-menu-name")).to_have_text("Aiko Tanaka")
    aiko.send("It is still me.")
    expect(aiko.message("It is still me.").locator(".z-author")).to_have_text("Aiko Tanaka")


def test_a_name_that_cannot_be_is_refused_with_a_sentence(browsers):
    aiko = browsers()
    aiko.page.goto(aiko.chat_server.address("guests"))
    aiko.page.locator(".z-room-footer").get_by_role("textbox").fill("\u202eevil")
    aiko.page.locator(".z-room-footer").get_by_role("button").click()
    expect(aiko.page.get_by_role("alert")).to_have_text("Names cannot contain invisible characters.")
    aiko.page.get_by_role("textbox").fill("Aiko")
    aiko.page.get_by_role("button", name="Continue as guest").click()
    expect(aiko.page.locator(".z-room-title")).to_have_text("guests")
    expect(aiko.field).to_be_visible()
    aiko.faults.clear()  # the browser itself reports the 400


def lefts(page, *selectors):
    """Where elements begin and end on their line, in pixels from the left."""
    boxes = [page.locator(selector).first.bounding_box() for selector in selectors]
    return [(round(box["x"]), round(box["x"] + box["width"])) for box in boxes]


def test_a_name_from_right_to_left_turns_nothing_around_beside_it(browsers):
    dan, ben = browsers().enter("חדר 12", "דן 3"), browsers().enter("חדר 12", "Ben")
    for guest in (dan, ben):  # both have arrived
        expect(guest.page.locator('[data-part="participant-count"]')).to_have_text("2")
    dan.field.press_sequentially("x")
    typing = ben.page.locator('[data-typing="1"]')
    expect(typing).to_be_visible()
    expect(typing).to_have_text("דן 3 guest is typing …")
    name, badge = lefts(ben.page, '[data-typing="1"] b', '[data-typing="1"] .z-guest')
    sentence = typing.bounding_box()
    assert round(sentence["x"]) == name[0] and name[1] <= badge[0] < sentence["x"] + sentence["width"] - 40
    dan.send("7 שלום")
    ben.expect_message("7 שלום")
    head = ".z-message-head"
    author, badge, time = lefts(ben.page, f"{head} .z-author", f"{head} .z-guest", f"{head} .z-time")
    assert author[1] <= badge[0] and badge[1] <= time[0]
    ben.page.wait_for_function("document.title === '\\u2068חדר 12\\u2069 · Zashiki'")


def test_guests_have_a_badge_beside_their_names(browsers):
    ben, aiko = browsers(locale="ja").enter("badges", "Ben"), browsers().enter("badges", "Aiko")
    aiko.send("Hello")
    ben.expect_message("Hello")
    expect(ben.message("Hello").locator(".z-message-head")).to_contain_text("Aiko ゲスト")
    expect(aiko.message("Hello").locator(".z-message-head")).to_contain_text("Aiko guest")
    aiko.reload()
    expect(aiko.message("Hello").locator(".z-guest")).to_have_count(1)
    aiko.page.locator('[data-part="participants"]').click()
    expect(aiko.page.locator('[data-part="participant-names"] li').filter(has_text="Ben")).to_contain_text(
        "Ben guest"
    )
