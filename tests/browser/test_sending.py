"""From the composer to the table: pending, stored, refused, sent again."""

from contextlib import contextmanager

from playwright.sync_api import expect

from tests.browser.delayed_traffic import Late
from tests.browser.server import ChatServer

COMPOSING = """field => {
  const press = (key, more) => field.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true, ...more}));
  press("Enter", {isComposing: true});
  press("Enter", {keyCode: 229});
}"""


def test_a_post_that_cannot_be_stored_for_a_while_is_sent_again_by_itself(chat_server, browsers):
    aiko = browsers().enter("waiting", "Aiko")
    with chat_server.without_table():
        aiko.send("Will this arrive?")
        aiko.expect_waiting("Will this arrive?")
        expect(aiko.page.get_by_text("The server cannot save messages right now. Trying")).to_be_visible()
        aiko.send("And this?")
        aiko.expect_waiting("And this?")
    aiko.expect_message("Will this arrive?")
    aiko.expect_message("And this?")
    aiko.expect_messages("Will this arrive?", "And this?")
    expect(aiko.page.locator(".z-refusal")).to_have_count(0)
    expect(aiko.field).to_be_focused()
    assert chat_server.stored("waiting", "Will this arrive?") == 1
    assert chat_server.stored("waiting", "And this?") == 1


def test_posts_over_the_rate_wait_and_arrive_in_order(tmp_path, browsers):
    server = ChatServer(tmp_path, env={"ZASHIKI_POSTS_PER_MINUTE": "20"})
    try:
        aiko = browsers(chat_server=server).enter("hasty", "Aiko")
        said = [f"number {number}." for number in range(23)]
        for text in said:
            aiko.send(text)
        aiko.expect_waiting(said[-1])
        expect(aiko.page.get_by_text("Too many messages in a short time. Sending again").last).to_be_visible()
        aiko.expect_message(said[-1])
        aiko.expect_messages(*said)
        assert all(server.stored("hasty", text) == 1 for text in said)
    finally:
        server.stop()


@contextmanager
def refused(aiko, room_name, text):
    """A post of somebody whose connection was away while the room was closed to them."""
    aiko.enter(room_name, "Aiko")
    aiko.send("Here I am.")
    aiko.expect_message("Here I am.")
    aiko.context.set_offline(True)
    aiko.send(text)
    aiko.expect_pending(text)
    with aiko.chat_server.without_posting(room_name):
        aiko.context.set_offline(False)
        aiko.expect_failed(text)
        yield
    expect(aiko.field).to_be_enabled()


def test_a_refused_post_says_why_and_is_stored_once_when_sent_again(chat_server, browsers):
    aiko = browsers()
    with refused(aiko, "refusing", "Will this arrive?"):
        expect(aiko.page.get_by_text("Not sent: you cannot post here.")).to_be_visible()
    aiko.page.get_by_role("button", name="Send again").click()
    aiko.expect_message("Will this arrive?")
    assert chat_server.stored("refusing", "Will this arrive?") == 1


def test_the_text_of_a_refused_post_can_be_copied(browsers):
    aiko = browsers(permissions=["clipboard-read", "clipboard-write"])
    text = "A long *thought*, \n\nin two paragraphs"
    with refused(aiko, "copying", text):
        aiko.page.get_by_role("button", name="Copy", exact=True).click()
        expect(aiko.page.get_by_text("Copied.", exact=True)).to_be_visible()
        assert aiko.page.evaluate("navigator.clipboard.readText()") == text


def test_what_is_said_before_one_has_a_seat_is_sent_then(browsers):
    aiko = browsers()
    connections = Late(aiko.page, Late.SIT)
    connections.hold()
    aiko.enter("where nobody was before", "Aiko")
    connections.wait()
    aiko.send("Am I the first?")
    aiko.page.wait_for_timeout(500)
    aiko.expect_pending("Am I the first?")
    connections.release()
    aiko.expect_message("Am I the first?")


def test_what_is_said_over_a_dead_connection_is_sent_over_the_next_one(browsers):
    """As after sleep, or from one network to the other: to the browser the connection looks open."""
    aiko = browsers()
    aiko.page.clock.install()
    line = Late(aiko.page, Late.SIT)
    aiko.enter("dead lines", "Aiko")
    aiko.send("Here I am.")
    aiko.expect_message("Here I am.")
    line.die()
    aiko.send("Can you hear me?")
    aiko.expect_pending("Can you hear me?")
    aiko.page.clock.fast_forward(16_000)
    aiko.expect_message("Can you hear me?")


def test_a_waiting_post_can_be_deleted(chat_server, browsers):
    aiko = browsers().enter("deleting", "Aiko")
    with chat_server.without_table():
        aiko.send("Better not.")
        aiko.expect_waiting("Better not.")
        aiko.page.get_by_role("button", name="Delete").click()
        expect(aiko.messages).to_have_count(0)
    aiko.send("This.")
    aiko.expect_message("This.")
    aiko.reload()
    aiko.expect_messages("This.")
    assert chat_server.stored("deleting", "Better not.") == 0


def test_a_waiting_post_can_be_written_again(chat_server, browsers):
    aiko = browsers().enter("rewriting", "Aiko")
    with chat_server.without_table():
        aiko.send("Wiht a mistake.")
        aiko.expect_waiting("Wiht a mistake.")
        aiko.page.get_by_role("button", name="Edit").click()
        expect(aiko.field).to_have_value("Wiht a mistake.")
        expect(aiko.messages).to_have_count(0)
    aiko.send("Without one.")
    aiko.expect_message("Without one.")
    assert chat_server.stored("rewriting", "Wiht a mistake.") == 0


def test_a_waiting_post_is_sent_by_the_next_visit(chat_server, browsers):
    aiko = browsers().enter("patient", "Aiko")
    with chat_server.without_table():
        aiko.send("Do not forget me.")
        aiko.expect_waiting("Do not forget me.")
        aiko.page.goto("about:blank")
    aiko.enter("patient")
    aiko.expect_message("Do not forget me.")
    assert chat_server.stored("patient", "Do not forget me.") == 1


def test_a_refused_post_outlives_a_reload(chat_server, browsers):
    aiko = browsers()
    with refused(aiko, "remembering", "Do not forget me."):
        aiko.reload()
        aiko.expect_failed("Do not forget me.")
    aiko.page.get_by_role("button", name="Send again").click()
    aiko.expect_message("Do not forget me.")
    assert chat_server.stored("remembering", "Do not forget me.") == 1


def test_a_post_whose_answer_was_lost_is_stored_once(chat_server, browsers):
    aiko = browsers().enter("lost answers", "Aiko")
    for number in range(3):
        aiko.field.fill(f"Did you hear number {number}?")
        aiko.field.press("Enter")
        chat_server.kill()
        chat_server.start()
        aiko.expect_message(f"Did you hear number {number}?")
    aiko.reload()
    for number in range(3):
        assert chat_server.stored("lost answers", f"Did you hear number {number}?") == 1


def test_enter_sends_and_shift_enter_begins_a_line(browsers):
    aiko = browsers().enter("keys", "Aiko")
    aiko.field.press_sequentially("one")
    aiko.field.press("Shift+Enter")
    aiko.field.press_sequentially("two")
    aiko.field.press("Enter")
    expect(aiko.field).to_have_value("")
    aiko.expect_messages("one\ntwo")


def test_enter_that_chooses_characters_does_not_send(browsers):
    aiko = browsers().enter("input methods", "Aiko")
    aiko.field.fill("お茶")
    aiko.field.evaluate(COMPOSING)
    expect(aiko.field).to_have_value("お茶")
    expect(aiko.messages).to_have_count(0)


def test_a_draft_is_kept_for_its_room(browsers):
    aiko = browsers().enter("drafts", "Aiko")
    aiko.field.fill("Half a thou")
    expect(aiko.page.locator("zashiki-room[data-ready]")).to_be_attached()
    aiko.enter("another room")
    expect(aiko.field).to_have_value("")
    aiko.enter("drafts")
    expect(aiko.field).to_have_value("Half a thou")


def test_nothing_empty_or_too_long_is_sent(browsers):
    aiko = browsers().enter("limits", "Aiko")
    aiko.send("   ")
    aiko.send("long " * 2001)
    expect(aiko.page.get_by_text("10,004 / 10,000")).to_be_visible()
    expect(aiko.messages).to_have_count(0)
