"""From the composer to the table: pale, stored, failed, sent again."""

from playwright.sync_api import expect

from tests.browser.delayed_traffic import Late

COMPOSING = """field => {
  const press = (key, more) => field.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true, ...more}));
  press("Enter", {isComposing: true});
  press("Enter", {keyCode: 229});
}"""


def test_a_post_that_failed_says_so_and_is_stored_once_when_sent_again(chat_server, guests):
    aiko = guests().enters("failing", "Aiko")
    with chat_server.without_table():
        aiko.says("Will this arrive?")
        aiko.sees_failed("Will this arrive?")
        expect(aiko.page.get_by_text("Not sent: the server cannot store anything")).to_be_visible()
    aiko.page.get_by_role("button", name="Send again").click()
    aiko.sees("Will this arrive?")
    expect(aiko.field).to_be_focused()
    assert chat_server.stored("failing", "Will this arrive?") == 1


def test_what_is_said_before_one_has_a_seat_is_sent_then(guests):
    aiko = guests()
    connections = Late(aiko.page, Late.SIT)
    connections.hold()
    aiko.enters("where nobody was before", "Aiko")
    connections.wait()
    aiko.says("Am I the first?")
    aiko.page.wait_for_timeout(500)
    aiko.sees_pale("Am I the first?")
    connections.release()
    aiko.sees("Am I the first?")


def test_what_is_said_over_a_dead_connection_is_sent_over_the_next_one(guests):
    """As after sleep, or from one network to the other: to the browser the connection looks open."""
    aiko = guests()
    aiko.page.clock.install()
    line = Late(aiko.page, Late.SIT)
    aiko.enters("dead lines", "Aiko")
    aiko.says("Here I am.")
    aiko.sees("Here I am.")
    line.die()
    aiko.says("Can you hear me?")
    aiko.sees_pale("Can you hear me?")
    aiko.page.clock.fast_forward(16_000)
    aiko.sees("Can you hear me?")


def test_a_failed_post_can_be_discarded(chat_server, guests):
    aiko = guests().enters("discarding", "Aiko")
    with chat_server.without_table():
        aiko.says("Better not.")
        aiko.sees_failed("Better not.")
    aiko.page.get_by_role("button", name="Discard").click()
    expect(aiko.messages).to_have_count(0)
    aiko.reloads()
    expect(aiko.field).to_be_visible()
    expect(aiko.messages).to_have_count(0)


def test_a_failed_post_outlives_a_reload(chat_server, guests):
    aiko = guests().enters("patient", "Aiko")
    with chat_server.without_table():
        aiko.says("Do not forget me.")
        aiko.sees_failed("Do not forget me.")
    aiko.reloads()
    aiko.sees_failed("Do not forget me.")
    aiko.page.get_by_role("button", name="Send again").click()
    aiko.sees("Do not forget me.")
    assert chat_server.stored("patient", "Do not forget me.") == 1


def test_a_post_whose_answer_was_lost_is_stored_once(chat_server, guests):
    aiko = guests().enters("lost answers", "Aiko")
    for number in range(3):
        aiko.field.fill(f"Did you hear number {number}?")
        aiko.field.press("Enter")
        chat_server.kill()
        chat_server.start()
        aiko.sees(f"Did you hear number {number}?")
    aiko.reloads()
    for number in range(3):
        assert chat_server.stored("lost answers", f"Did you hear number {number}?") == 1


def test_enter_sends_and_shift_enter_begins_a_line(guests):
    aiko = guests().enters("keys", "Aiko")
    aiko.field.press_sequentially("one")
    aiko.field.press("Shift+Enter")
    aiko.field.press_sequentially("two")
    aiko.field.press("Enter")
    expect(aiko.field).to_have_value("")
    aiko.sees_in_order("one\ntwo")


def test_enter_that_chooses_characters_does_not_send(guests):
    aiko = guests().enters("input methods", "Aiko")
    aiko.field.fill("お茶")
    aiko.field.evaluate(COMPOSING)
    expect(aiko.field).to_have_value("お茶")
    expect(aiko.messages).to_have_count(0)


def test_a_draft_is_kept_for_its_room(guests):
    aiko = guests().enters("drafts", "Aiko")
    aiko.field.fill("Half a thou")
    expect(aiko.page.locator("zashiki-room[data-ready]")).to_be_attached()
    aiko.enters("another room")
    expect(aiko.field).to_have_value("")
    aiko.enters("drafts")
    expect(aiko.field).to_have_value("Half a thou")


def test_nothing_empty_or_too_long_is_sent(guests):
    aiko = guests().enters("limits", "Aiko")
    aiko.says("   ")
    aiko.says("long " * 2001)
    expect(aiko.page.get_by_text("10,004 / 10,000")).to_be_visible()
    expect(aiko.messages).to_have_count(0)
