"""Messages are pinned for everybody, and saved for oneself."""

from playwright.sync_api import expect


def test_what_is_pinned_is_found_by_everybody(at):
    aiko, ben = at("pins", "aiko"), at("pins", "ben")
    aiko.says_all("The key is under the stone.", "and so on")
    aiko.does("Pin", "The key is under")
    aiko.is_told("Pinned for everyone.")
    expect(ben.message("The key is under").get_by_text("pinned")).to_be_visible()
    ben.looks_up("Pinned messages")
    ben.in_panel("The key is under").get_by_role("button", name="Show in room").click()
    expect(ben.message("The key is under")).to_be_focused()


def test_a_pin_is_taken_away_for_everybody(at):
    aiko, ben = at("unpinned", "aiko"), at("unpinned", "ben")
    aiko.says_all("not for ever")
    aiko.does("Pin", "not for ever")
    ben.looks_up("Pinned messages")
    expect(ben.in_panel("not for ever")).to_be_visible()
    ben.opens_menu("not for ever")
    expect(ben.page.get_by_role("menuitem", name="Pin", exact=True)).to_be_hidden()
    ben.page.get_by_role("menuitem", name="Unpin").click()
    expect(ben.in_panel("not for ever")).to_have_count(0)
    expect(ben.panel.get_by_text("No pinned messages.")).to_be_visible()
    expect(aiko.message("not for ever").get_by_text("pinned")).to_have_count(0)


def test_what_one_saves_is_known_to_ones_other_device_and_to_nobody_else(at):
    desk, phone, ben = at("saved", "aiko"), at("saved", "aiko"), at("saved", "ben")
    ben.says_all("read this later")
    desk.sees("read this later")
    desk.does("Save for later", "read this later")
    desk.is_told("Saved for later.")
    phone.looks_up("Saved for later")
    expect(phone.in_panel("read this later")).to_be_visible()
    ben.looks_up("Saved for later")
    expect(ben.panel.get_by_text("No saved messages.")).to_be_visible()
    desk.does("Remove from saved", "read this later")
    expect(phone.in_panel("read this later")).to_have_count(0)


def test_what_was_saved_elsewhere_leads_there(at):
    aiko = at("far away", "aiko")
    aiko.says_all("remember the milk")
    aiko.does("Save for later", "remember the milk")
    aiko.is_told("Saved for later.")
    aiko.comes_to("close by")
    aiko.looks_up("Saved for later")
    entry = aiko.in_panel("remember the milk")
    expect(entry).to_contain_text("far away")
    entry.get_by_role("button", name="Show in room").click()
    expect(aiko.page.locator(".z-room-title")).to_have_text("far away")
    expect(aiko.message("remember the milk")).to_be_in_viewport()


def test_what_is_saved_and_then_deleted_is_saved_no_more(at):
    aiko, ben = at("saved, deleted", "aiko"), at("saved, deleted", "ben")
    aiko.says_all("forget this")
    ben.sees("forget this")
    ben.does("Save for later", "forget this")
    aiko.deletes("forget this")
    ben.sees_tombstone()
    ben.looks_up("Saved for later")
    expect(ben.panel.get_by_text("No saved messages.")).to_be_visible()
