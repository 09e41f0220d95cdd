"""Threads: beside the room, in the room if wished, and in a list that forgets none."""

from playwright.sync_api import expect


def test_a_reply_stands_in_the_thread_and_not_in_the_room(at):
    aiko, ben = at("threads", "aiko"), at("threads", "ben")
    aiko.says_all("Who brings cups?")
    ben.sees("Who brings cups?")
    ben.does("Reply in thread", "Who brings cups?")
    expect(ben.panel.get_by_role("textbox")).to_be_focused()
    ben.answers_in_thread("I have six.")
    replies = aiko.message("Who brings cups?").get_by_role("button", name="Replies")
    expect(replies).to_have_text("Replies 1")
    expect(aiko.message("I have six.")).to_have_count(0)
    replies.click()
    expect(aiko.panel.locator(".z-message .z-body")).to_have_text(["Who brings cups?", "I have six."])
    ben.answers_in_thread("And two glasses.")
    expect(aiko.in_panel("And two glasses.")).to_be_visible()


def test_a_reply_is_shown_once_in_the_room_if_that_is_wished(at):
    aiko, ben = at("in the room", "aiko"), at("in the room", "ben")
    aiko.says_all("Where do we meet?")
    ben.sees("Where do we meet?")
    ben.does("Reply in thread", "Where do we meet?")
    ben.answers_in_thread("At the gate.", also_in_room=True)
    ben.answers_in_thread("The small one.")
    for one in (aiko, ben):
        one.sees("At the gate.")
        expect(one.message("The small one.")).to_have_count(0)
    aiko.message("At the gate.").get_by_role("link", name="in a thread").click()
    expect(aiko.panel.locator(".z-message .z-body")).to_have_text(
        ["Where do we meet?", "At the gate.", "The small one."]
    )


def test_no_thread_is_lost(at):
    aiko, ben = at("lost threads", "aiko"), at("lost threads", "ben")
    aiko.says_all("long ago")
    ben.sees("long ago")
    ben.does("Reply in thread", "long ago")
    ben.answers_in_thread("an answer")
    ben.answers_in_thread("another")
    aiko.comes_to("another room")
    aiko.has_threads_waiting(1)
    aiko.comes_to("lost threads")
    aiko.looks_up("Threads")
    entry = aiko.in_panel("long ago")
    expect(entry.locator(".z-entry-unread")).to_have_text("2 unread")
    entry.get_by_role("button", name="Open thread").click()
    expect(aiko.in_panel("another")).to_be_visible()
    aiko.has_threads_waiting(0)
    aiko.page.keyboard.press("Escape")
    aiko.looks_up("Threads")
    expect(aiko.in_panel("long ago")).to_be_visible()
    expect(aiko.in_panel("long ago").locator(".z-entry-unread")).to_be_hidden()


def test_a_reply_is_felt_in_whatever_room_one_is(at):
    aiko, ben = at("here", "aiko"), at("there", "ben")
    ben.says_all("who will come?")
    aiko.comes_to("there")
    aiko.does("Reply in thread", "who will come?")
    aiko.answers_in_thread("I will")
    aiko.comes_to("here")
    ben.has_threads_waiting(1)
    ben.message("who will come?").get_by_role("button", name="Replies").click()
    ben.has_threads_waiting(0)
    ben.answers_in_thread("good!")
    aiko.has_threads_waiting(1)
    ben.answers_in_thread("until then")
    aiko.looks_up("Threads")
    expect(aiko.in_panel("who will come?").locator(".z-entry-unread")).to_have_text("2 unread")


def test_the_list_of_threads_says_what_it_is_for_while_it_is_empty(at):
    kei = at("no threads", "kei")
    kei.looks_up("Threads")
    expect(kei.panel.get_by_text("No threads yet.")).to_be_visible()


def test_escape_closes_the_thread_and_the_focus_goes_back(at):
    aiko = at("focus", "aiko")
    aiko.says_all("begin")
    aiko.does("Reply in thread", "begin")
    aiko.answers_in_thread("go on")
    aiko.page.keyboard.press("Escape")
    expect(aiko.panel).to_be_hidden()
    replies = aiko.message("begin").get_by_role("button", name="Replies")
    replies.click()
    expect(aiko.in_panel("go on")).to_be_visible()
    aiko.page.keyboard.press("Escape")
    expect(replies).to_be_focused()
