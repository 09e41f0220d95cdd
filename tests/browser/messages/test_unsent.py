"""What was typed and is not sent yet: too long, offline, in several tabs, in a browser that keeps nothing."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.delayed_traffic import Late
from tests.browser.room_page import PATIENCE

TOO_LONG = "七" * 73_499
DRAFT_PAUSE = 2_000  # milliseconds, longer than a draft waits to be shared
TOO_BIG = 1009  # the close code for a frame over the server's limit

FULL = """Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };"""
CLOSED = """Object.defineProperty(window, "localStorage", { get() { throw new DOMException("closed", "SecurityError"); } });"""
SPOIL = """() => {
  const { socket, me, name } = document.querySelector("zashiki-room").dataset;
  const person = `${encodeURIComponent(socket)}/${encodeURIComponent(me)}`;
  const values = ["", "{", "null", "7", '"text"', "[]", "{}", '{"body": 7}', '{"body": "b", "nonce": "other"}',
    `{"body": "kept", "nonce": "n9", "name": "${name}", "typed_at": "never", "reply_to": 7, "room": "x", "tab": []}`];
  values.forEach((value, at) => localStorage.setItem(`zashiki.post/${person}/n${at}`, value));
  localStorage.setItem(`zashiki.draft/${person}/name ${name}`, '{"text": 7}');
  localStorage.setItem(`zashiki.draft.${socket}.${name}.${me}`, JSON.stringify(["an older draft", ""]));
  localStorage.setItem(`zashiki.outbox.${socket}.${name}.${me}`, JSON.stringify([
    { nonce: "older-1", body: "an older post", reply_to: null, typed_at: "2026-01-02T03:04:05.678Z" }, 7, null]));
}"""


class Line:
    """Counts what a tab sends; a proxy in between may take smaller frames than the server says."""

    def __init__(self, page, frame_limit=None):
        self.frames = []
        self._page = page
        self._frame_limit = frame_limit
        page.route_web_socket("**/ws/zashiki/*", self._connected)

    def sent(self, kind):
        return [frame for frame in self.frames if json.loads(frame)["type"] == kind]

    def wait(self, kind, size):
        """Until a frame of this kind has been sent that is longer than so many letters."""
        while not any(len(frame) > size for frame in self.sent(kind)):
            self._page.wait_for_timeout(20)

    def _connected(self, browser):
        server = browser.connect_to_server()

        def heard(frame):
            self.frames.append(frame)
            if self._frame_limit and len(frame.encode()) > self._frame_limit:
                browser.close(code=TOO_BIG)
            else:
                server.send(frame)

        browser.on_message(heard)


@pytest.fixture
def tab(page_class):
    """``tab(aiko)``: another tab of the same browser in the same room."""

    def open_tab(person):
        other = page_class(person.chat_server, person.context)
        other.faults = person.faults
        other.page.goto(person.page.url)
        return other.wait_until_ready()

    return open_tab


def go_offline(*tabs):
    tabs[0].context.set_offline(True)
    for each in tabs:
        each.drop_connection()


def come_online(*tabs):
    tabs[0].context.set_offline(False)
    for each in tabs:
        each.page.evaluate("dispatchEvent(new Event('online'))")


# What is too long


def test_what_is_too_long_stays_on_the_device(open_as):
    aiko = open_as("paste", "aiko")
    aiko.page.clock.install()
    line = Line(aiko.page)
    aiko.open_room("paste")
    aiko.field.fill(TOO_LONG)
    expect(aiko.page.get_by_text("Too long to send. 73,499 / 10,000")).to_be_visible()
    aiko.field.press("Enter")
    aiko.page.clock.fast_forward(DRAFT_PAUSE)
    assert max(map(len, line.frames)) < 1_000
    aiko.reload()
    aiko.wait_until_ready()
    expect(aiko.field).to_have_value(TOO_LONG)
    expect(aiko.messages).to_have_count(0)
    aiko.field.fill("short")
    aiko.field.press("Enter")
    aiko.expect_message("short")
    assert len(line.sent("rooms")) == 2, "one connection for each time that the page was opened"


def test_a_thread_is_answered_within_the_same_limit(open_as):
    aiko = open_as("long answers", "aiko")
    aiko.send_all("begin")
    aiko.choose_action("Reply in thread", "begin")
    answer = aiko.panel.get_by_role("textbox")
    answer.fill("x" * 10_001)
    expect(aiko.panel.get_by_text("Too long to send. 10,001 / 10,000")).to_be_visible()
    answer.press("Enter")
    expect(answer).to_have_value("x" * 10_001)
    answer.fill("y" * 10_000)
    answer.press("Enter")
    expect(answer).to_have_value("")


@pytest.mark.parametrize("letter", ["\u0001", "🍵"], ids=["control", "tea"])
def test_the_longest_message_fits_into_a_frame(open_as, letter):
    aiko = open_as("fits", "aiko")
    aiko.field.evaluate(
        "(field, text) => { field.value = text; field.dispatchEvent(new Event('input')); }",
        f"{letter * 9_990}.",
    )
    aiko.field.press("Enter")
    expect(aiko.messages.last).to_have_attribute("data-id", re.compile("."), timeout=PATIENCE)


def test_a_frame_that_was_too_big_fails_its_post_and_nothing_else(open_as):
    aiko = open_as("a small gate", "aiko")
    line = Line(aiko.page, frame_limit=2_000)
    aiko.reload()
    aiko.wait_until_ready()
    aiko.send("b" * 3_000)
    aiko.expect_failed("b" * 3_000)
    expect(aiko.page.get_by_text("Not sent: the message is too long.")).to_be_visible()
    aiko.send("small enough")
    aiko.expect_message("small enough")
    aiko.reload()
    aiko.expect_failed("b" * 3_000)
    aiko.send("and again")
    aiko.expect_message("and again")
    assert len([frame for frame in line.sent("post") if len(frame) > 3_000]) == 1
    assert len([frame for frame in line.sent("draft") if len(frame) > 3_000]) <= 1


def test_a_draft_that_was_too_big_is_not_sent_again(open_as):
    aiko = open_as("a small gate for drafts", "aiko")
    aiko.page.clock.install()
    line = Line(aiko.page, frame_limit=2_000)
    aiko.reload()
    aiko.wait_until_ready()
    aiko.send_all("here")
    aiko.field.fill("d" * 3_000)
    aiko.page.clock.fast_forward(DRAFT_PAUSE)
    line.wait("draft", 3_000)
    for text in ("👍", "🎉"):
        aiko.open_room("a small gate for drafts")
        expect(aiko.field).to_have_value("d" * 3_000)
        aiko.page.clock.fast_forward(DRAFT_PAUSE)
        aiko.react(text, "here")
    assert len([frame for frame in line.sent("draft") if len(frame) > 3_000]) == 1


def test_what_the_limit_of_another_day_let_through_fails_and_can_be_written_again(open_as, chat_server):
    """The server comes back with other limits while the page is open and holds a post."""
    aiko = open_as("changed limits", "aiko")
    aiko.send_all("before")
    chat_server.kill()
    aiko.send("long " * 100)
    aiko.expect_pending("long long")
    chat_server.environment |= {"ZASHIKI_MAX_MESSAGE_LENGTH": "100", "ZASHIKI_MAX_FRAME_SIZE": "2400"}
    chat_server.start()
    try:
        aiko.expect_failed("long long")
        expect(aiko.page.get_by_text("Not sent: the message is too long.")).to_be_visible()
        aiko.page.get_by_role("button", name="Edit", exact=True).click()
        expect(aiko.page.get_by_text("Too long to send. 499 / 100")).to_be_visible()
        expect(aiko.messages).to_have_count(1)
        aiko.reload()
        aiko.wait_until_ready()
        expect(aiko.field).to_have_value(("long " * 100).strip())
        aiko.send_all("short")
    finally:
        chat_server.kill()
        del (
            chat_server.environment["ZASHIKI_MAX_MESSAGE_LENGTH"],
            chat_server.environment["ZASHIKI_MAX_FRAME_SIZE"],
        )
        chat_server.start()


def test_half_a_character_becomes_the_sign_for_it(open_as):
    aiko = open_as("half a character", "aiko")
    aiko.page.clock.install()
    line = Line(aiko.page)
    aiko.open_room("half a character")
    aiko.field.evaluate(
        "field => { field.value = 'a\\ud83dz'; field.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    aiko.page.clock.fast_forward(DRAFT_PAUSE)
    aiko.field.press("Enter")
    aiko.expect_message("a\ufffdz")
    assert line.sent("draft") and line.sent("post")
    assert all("\\ud83d" not in frame for frame in line.frames)


# Tabs


def test_two_tabs_say_things_offline_and_none_is_lost(open_as, tab, chat_server):
    aiko = open_as("two tabs", "aiko")
    other = tab(aiko)
    go_offline(aiko, other)
    aiko.send("from the first")
    other.send("from the second")
    aiko.send("and once more")
    for each in (aiko, other):
        expect(each.page.locator(".z-messages .z-body")).to_have_text(
            ["from the first", "from the second", "and once more"]
        )
    come_online(aiko, other)
    for text in ("from the first", "from the second", "and once more"):
        for each in (aiko, other):
            each.expect_message(text)
        assert chat_server.stored("two tabs", text) == 1


def test_a_tab_that_is_closed_leaves_its_posts_to_another(open_as, tab, chat_server):
    aiko = open_as("heirs", "aiko")
    second, third = tab(aiko), tab(aiko)
    go_offline(aiko, second, third)
    third.send("one")
    third.send("two")
    second.expect_pending("two")
    third.page.close()
    come_online(aiko, second)
    for each in (aiko, second):
        each.expect_message("one")
        each.expect_message("two")
    assert (chat_server.stored("heirs", "one"), chat_server.stored("heirs", "two")) == (1, 1)
    aiko.reload()
    aiko.expect_messages("one", "two")


def test_the_last_tab_leaves_its_posts_to_the_next_visit(open_as, tab, chat_server):
    aiko = open_as("next visit", "aiko")
    other = tab(aiko)
    go_offline(aiko, other)
    aiko.send("first")
    other.send("second")
    aiko.page.close()
    other.page.close()
    aiko.context.set_offline(False)
    aiko.page = aiko.context.new_page()
    aiko.open_room("next visit")
    aiko.expect_messages("first", "second")
    aiko.expect_message("second")
    assert (chat_server.stored("next visit", "first"), chat_server.stored("next visit", "second")) == (1, 1)


def test_what_failed_is_decided_in_any_tab(open_as, tab):
    aiko = open_as("deciding", "aiko")
    other = tab(aiko)
    go_offline(aiko, other)
    aiko.send("stay or go")
    other.expect_pending("stay or go")
    key = other.page.evaluate("Object.keys(localStorage).find(key => key.startsWith('zashiki.post/'))")
    other.page.evaluate(
        "key => localStorage.setItem(key, JSON.stringify({...JSON.parse(localStorage.getItem(key)), failed: 'too_long'}))",
        key,
    )
    aiko.expect_failed("stay or go")
    come_online(aiko, other)
    aiko.page.get_by_role("button", name="Delete", exact=True).click()
    expect(aiko.messages).to_have_count(0)
    expect(other.messages).to_have_count(0, timeout=PATIENCE)


def test_tabs_share_one_draft(open_as, tab):
    """Offline too, where no server can bring it from one to the other."""
    aiko = open_as("one draft", "aiko")
    other = tab(aiko)
    go_offline(aiko, other)
    aiko.field.press_sequentially("from here")
    expect(other.field).to_have_value("from here")
    other.field.press("End")
    other.field.press_sequentially(" and there")
    expect(aiko.field).to_have_value("from here and there")
    aiko.page.close()
    come_online(other)
    other.reload()
    other.wait_until_ready()
    expect(other.field).to_have_value("from here and there")


# Rooms that are not there yet


def test_what_is_said_in_a_room_that_is_not_there_yet_goes_into_it(open_as, chat_server):
    aiko = open_as("elsewhere", "aiko")
    line = Late(aiko.page, Late.SIT)
    line.hold()
    aiko.open_room("a new room")
    line.wait()
    aiko.send("the first words")
    aiko.expect_pending("the first words")
    aiko.field.fill("and a draft")
    open_as("a new room", "ben").send_all("I was quicker.")
    line.release()
    aiko.reload()
    aiko.expect_message("the first words")
    expect(aiko.field).to_have_value("and a draft")
    assert chat_server.stored("a new room", "the first words") == 1


# One browser, two people


def test_what_one_said_is_never_said_by_another(open_as, chat_server, signed_in):
    aiko = open_as("shared desk", "aiko")
    go_offline(aiko)
    aiko.send("for Aiko's ears")
    aiko.field.fill("and her draft")
    aiko.context.clear_cookies()
    aiko.context.add_cookies(signed_in("ben")["cookies"])
    come_online(aiko)
    aiko.expect_status("You have been signed out. What you typed is kept.")
    aiko.expect_pending("for Aiko's ears")
    ben = aiko.open_room("shared desk")
    expect(ben.field).to_have_value("")
    ben.send_all("Ben here")
    expect(ben.messages).to_have_count(1)
    aiko.context.clear_cookies()
    aiko.context.add_cookies(signed_in("aiko")["cookies"])
    aiko.open_room("shared desk").expect_message("for Aiko's ears")
    expect(aiko.field).to_have_value("and her draft")
    assert chat_server.stored("shared desk", "for Aiko's ears") == 1


def test_who_signs_out_with_posts_that_wait_is_asked(open_as):
    aiko = open_as("leaving", "aiko")
    aiko.page.evaluate("document.querySelector('.z-user-menu').open = true")
    go_offline(aiko)
    aiko.send("not yet sent")
    asked = []
    aiko.page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    aiko.page.get_by_role("button", name="Sign out").click()
    assert "not been sent yet" in asked[0]
    aiko.expect_pending("not yet sent")
    come_online(aiko)
    aiko.expect_message("not yet sent")


# A browser that keeps nothing


@pytest.mark.parametrize("script", [FULL, CLOSED], ids=["full", "closed"])
def test_a_browser_that_keeps_nothing_says_so_and_sends(open_as, script, chat_server):
    room_name = f"nothing kept {len(script)}"
    aiko = open_as(room_name, "aiko")
    aiko.page.add_init_script(script)
    aiko.reload()
    aiko.wait_until_ready()
    warning = aiko.page.get_by_text("This browser cannot save your draft.")
    expect(warning).to_be_hidden()
    go_offline(aiko)
    aiko.send("only in memory")
    expect(warning).to_be_visible()
    aiko.expect_pending("only in memory")
    come_online(aiko)
    aiko.expect_message("only in memory")
    expect(warning).to_be_hidden()
    assert chat_server.stored(room_name, "only in memory") == 1


def test_whatever_the_storage_holds_the_page_comes_and_older_values_are_taken_on(open_as, chat_server):
    aiko = open_as("spoilt", "aiko")
    aiko.page.evaluate(SPOIL)
    aiko.reload()
    aiko.wait_until_ready()
    aiko.expect_message("kept")
    aiko.expect_message("an older post")
    expect(aiko.field).to_have_value("an older draft")
    aiko.field.fill("")
    aiko.send_all("new")
    assert chat_server.stored("spoilt", "kept") == 1
