"""Threads: beside the room, in the room if wished, and in a list that forgets none."""

from playwright.sync_api import expect


def test_a_reply_stands_in_the_thread_and_not_in_the_room(open_as):
    aiko, ben = open_as("threads", "aiko"), open_as("threads", "ben")
    aiko.send_all("Who brings cups?")
    ben.expect_message("Who brings cups?")
    ben.choose_action("Reply in thread", "Who brings cups?")
    expect(ben.panel.get_by_role("textbox")).to_be_focused()
    ben.reply_in_thread("I have six.")
    replies = aiko.message("Who brings cups?").get_by_role("button", name="Replies")
    expect(replies).to_have_text("Replies 1")
    expect(aiko.message("I have six.")).to_have_count(0)
    replies.click()
    expect(aiko.panel.locator(".z-message .z-body")).to_have_text(["Who brings cups?", "I have six."])
    ben.reply_in_thread("And two glasses.")
    expect(aiko.in_panel("And two glasses.")).to_be_visible()


def test_a_reply_is_shown_once_in_the_room_if_that_is_wished(open_as):
    aiko, ben = open_as("in the room", "aiko"), open_as("in the room", "ben")
    aiko.send_all("Where do we meet?")
    ben.expect_message("Where do we meet?")
    ben.choose_action("Reply in thread", "Where do we meet?")
    ben.reply_in_thread("At the gate.", also_in_room=True)
    ben.reply_in_thread("The small one.")
    for one in (aiko, ben):
        one.expect_message("At the gate.")
        expect(one.message("The small one.")).to_have_count(0)
    aiko.message("At the gate.").get_by_role("link", name="in a thread").click()
    expect(aiko.panel.locator(".z-message .z-body")).to_have_text(
        ["Where do we meet?", "At the gate.", "The small one."]
    )


def test_no_thread_is_lost(open_as):
    aiko, ben = open_as("lost threads", "aiko"), open_as("lost threads", "ben")
    aiko.send_all("long ago")
    ben.expect_message("long ago")
    ben.choose_action("Reply in thread", "long ago")
    ben.reply_in_thread("an answer")
    ben.reply_in_thread("another")
    aiko.open_room("another room")
    aiko.expect_unread_threads(1)
    aiko.open_room("lost threads")
    aiko.choose_from_room_menu("Threads")
    entry = aiko.in_panel("long ago")
    expect(entry.locator(".z-entry-unread")).to_have_text("2 unread")
    entry.get_by_role("button", name="Open thread").click()
    expect(aiko.in_panel("another")).to_be_visible()
    aiko.expect_unread_threads(0)
    aiko.page.keyboard.press("Escape")
    aiko.choose_from_room_menu("Threads")
    expect(aiko.in_panel("long ago")).to_be_visible()
    expect(aiko.in_panel("long ago").locator(".z-entry-unread")).to_be_hidden()


def test_a_reply_is_felt_in_whatever_room_one_is(open_as):
    aiko, ben = open_as("here", "aiko"), open_as("there", "ben")
    ben.send_all("who will come?")
    aiko.open_room("there")
    aiko.choose_action("Reply in thread", "who will come?")
    aiko.reply_in_thread("I will")
    aiko.open_room("here")
    ben.expect_unread_threads(1)
    ben.message("who will come?").get_by_role("button", name="Replies").click()
    ben.expect_unread_threads(0)
    ben.reply_in_thread("good!")
    aiko.expect_unread_threads(1)
    ben.reply_in_thread("until then")
    aiko.choose_from_room_menu("Threads")
    expect(aiko.in_panel("who will come?").locator(".z-entry-unread")).to_have_text("2 unread")


def test_the_list_of_threads_says_what_it_is_for_while_it_is_empty(open_as):
    kei = open_as("no threads", "kei")
    kei.choose_from_room_menu("Threads")
    expect(kei.panel.get_by_text("No threads yet.")).to_be_visible()


def test_escape_closes_the_thread_and_the_focus_goes_back(open_as):
    aiko = open_as("focus", "aiko")
    aiko.send_all("begin")
    aiko.choose_action("Reply in thread", "begin")
    aiko.reply_in_thread("go on")
    aiko.page.keyboard.press("Escape")
    expect(aiko.panel).to_be_hidden()
    replies = aiko.message("begin").get_by_role("button", name="Replies")
    replies.click()
    expect(aiko.in_panel("go on")).to_be_visible()
    aiko.page.keyboard.press("Escape")
    expect(replies).to_be_focused()
