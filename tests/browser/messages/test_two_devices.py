"""One person at two devices: what is written here is there, what is read there is read here."""

from playwright.sync_api import expect

from tests.browser.room_page import PATIENCE


def test_a_draft_follows_from_device_to_device(open_as):
    desk, phone = open_as("draft", "aiko"), open_as("draft", "aiko")
    desk.field.fill("Dear all,")
    expect(phone.field).to_have_value("Dear all,")
    phone.field.fill("Dear all, tea is ready.")
    expect(desk.field).to_have_value("Dear all, tea is ready.")
    desk.field.press("Enter")
    phone.expect_message("Dear all, tea is ready.")
    expect(phone.field).to_have_value("")


def test_each_room_has_its_own_draft(open_as):
    desk, phone = open_as("drafts, one", "aiko"), open_as("drafts, two", "aiko")
    desk.field.fill("for the one")
    phone.field.fill("for the other")
    phone.expect_draft("drafts, one")
    desk.expect_draft("drafts, two")
    phone.open_room("drafts, one")
    expect(phone.field).to_have_value("for the one")
    desk.open_room("drafts, two")
    expect(desk.field).to_have_value("for the other")


def test_no_word_is_lost_when_both_devices_write_at_once(open_as):
    desk, phone, tablet = open_as("both", "aiko"), open_as("both", "aiko"), open_as("both", "aiko")
    phone.go_offline()
    desk.field.fill("from the desk")
    phone.field.fill("from the phone")
    expect(tablet.field).to_have_value("from the desk")
    phone.context.set_offline(False)
    for device in (desk, phone, tablet):
        expect(device.field).to_have_value("from the desk\n\nfrom the phone", timeout=PATIENCE)


def test_a_thread_read_here_is_read_there(open_as):
    desk, phone, ben = (
        open_as("threads, two", "aiko"),
        open_as("threads, two", "aiko"),
        open_as("threads, two", "ben"),
    )
    desk.send_all("a question")
    ben.expect_message("a question")
    ben.choose_action("Reply in thread", "a question")
    ben.reply_in_thread("an answer")
    phone.choose_from_room_menu("Threads")
    expect(phone.in_panel("a question").locator(".z-entry-unread")).to_have_text("1 unread")
    desk.message("a question").get_by_role("button", name="Replies").click()
    expect(desk.in_panel("an answer")).to_be_visible()
    expect(phone.in_panel("a question").locator(".z-entry-unread")).to_be_hidden()
    ben.reply_in_thread("one more")
    expect(desk.in_panel("one more")).to_be_visible()
    expect(phone.in_panel("a question").locator(".z-entry-unread")).to_be_hidden()
