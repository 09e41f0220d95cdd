"""One person at two devices: what is written here is there, what is read there is read here."""

from playwright.sync_api import expect

from tests.browser.guest import PATIENCE


def test_a_draft_follows_from_device_to_device(at):
    desk, phone = at("draft", "aiko"), at("draft", "aiko")
    desk.field.fill("Dear all,")
    expect(phone.field).to_have_value("Dear all,")
    phone.field.fill("Dear all, tea is ready.")
    expect(desk.field).to_have_value("Dear all, tea is ready.")
    desk.field.press("Enter")
    phone.sees("Dear all, tea is ready.")
    expect(phone.field).to_have_value("")


def test_each_room_has_its_own_draft(at):
    desk, phone = at("drafts, one", "aiko"), at("drafts, two", "aiko")
    desk.field.fill("for the one")
    phone.field.fill("for the other")
    phone.has_draft("drafts, one")
    desk.has_draft("drafts, two")
    phone.comes_to("drafts, one")
    expect(phone.field).to_have_value("for the one")
    desk.comes_to("drafts, two")
    expect(desk.field).to_have_value("for the other")


def test_no_word_is_lost_when_both_devices_write_at_once(at):
    desk, phone, tablet = at("both", "aiko"), at("both", "aiko"), at("both", "aiko")
    phone.goes_offline()
    desk.field.fill("from the desk")
    phone.field.fill("from the phone")
    expect(tablet.field).to_have_value("from the desk")
    phone.context.set_offline(False)
    for device in (desk, phone, tablet):
        expect(device.field).to_have_value("from the desk\n\nfrom the phone", timeout=PATIENCE)


def test_a_thread_read_here_is_read_there(at):
    desk, phone, ben = at("threads, two", "aiko"), at("threads, two", "aiko"), at("threads, two", "ben")
    desk.says_all("a question")
    ben.sees("a question")
    ben.does("Reply in thread", "a question")
    ben.answers_in_thread("an answer")
    phone.looks_up("Threads")
    expect(phone.in_panel("a question").locator(".z-entry-unread")).to_have_text("1 unread")
    desk.message("a question").get_by_role("button", name="Replies").click()
    expect(desk.in_panel("an answer")).to_be_visible()
    expect(phone.in_panel("a question").locator(".z-entry-unread")).to_be_hidden()
    ben.answers_in_thread("one more")
    expect(desk.in_panel("one more")).to_be_visible()
    expect(phone.in_panel("a question").locator(".z-entry-unread")).to_be_hidden()
