"""Messages are pinned for everybody, and saved for oneself."""

from playwright.sync_api import expect


def test_what_is_pinned_is_found_by_everybody(open_as):
    aiko, ben = open_as("pins", "aiko"), open_as("pins", "ben")
    aiko.send_all("The key is under the stone.", "and so on")
    aiko.choose_action("Pin", "The key is under")
    aiko.expect_toast("Pinned for everyone.")
    expect(ben.message("The key is under").get_by_text("pinned")).to_be_visible()
    ben.choose_from_room_menu("Pinned messages")
    ben.in_panel("The key is under").get_by_role("button", name="Show in room").click()
    expect(ben.message("The key is under")).to_be_focused()


def test_a_pin_is_taken_away_for_everybody(open_as):
    aiko, ben = open_as("unpinned", "aiko"), open_as("unpinned", "ben")
    aiko.send_all("not for ever")
    aiko.choose_action("Pin", "not for ever")
    ben.choose_from_room_menu("Pinned messages")
    expect(ben.in_panel("not for ever")).to_be_visible()
    ben.open_menu("not for ever")
    expect(ben.page.get_by_role("menuitem", name="Pin", exact=True)).to_be_hidden()
    ben.page.get_by_role("menuitem", name="Unpin").click()
    expect(ben.in_panel("not for ever")).to_have_count(0)
    expect(ben.panel.get_by_text("No pinned messages.")).to_be_visible()
    expect(aiko.message("not for ever").get_by_text("pinned")).to_have_count(0)


def test_what_one_saves_is_known_to_ones_other_device_and_to_nobody_else(open_as):
    desk, phone, ben = open_as("saved", "aiko"), open_as("saved", "aiko"), open_as("saved", "ben")
    ben.send_all("read this later")
    desk.expect_message("read this later")
    desk.choose_action("Save for later", "read this later")
    desk.expect_toast("Saved for later.")
    phone.choose_from_room_menu("Saved for later")
    expect(phone.in_panel("read this later")).to_be_visible()
    ben.choose_from_room_menu("Saved for later")
    expect(ben.panel.get_by_text("No saved messages.")).to_be_visible()
    desk.choose_action("Remove from saved", "read this later")
    expect(phone.in_panel("read this later")).to_have_count(0)


def test_what_was_saved_elsewhere_leads_there(open_as):
    aiko = open_as("far away", "aiko")
    aiko.send_all("remember the milk")
    aiko.choose_action("Save for later", "remember the milk")
    aiko.expect_toast("Saved for later.")
    aiko.open_room("close by")
    aiko.choose_from_room_menu("Saved for later")
    entry = aiko.in_panel("remember the milk")
    expect(entry).to_contain_text("far away")
    entry.get_by_role("button", name="Show in room").click()
    expect(aiko.page.locator(".z-room-title")).to_have_text("far away")
    expect(aiko.message("remember the milk")).to_be_in_viewport()


def test_what_is_saved_and_then_deleted_is_saved_no_more(open_as):
    aiko, ben = open_as("saved, deleted", "aiko"), open_as("saved, deleted", "ben")
    aiko.send_all("forget this")
    ben.expect_message("forget this")
    ben.choose_action("Save for later", "forget this")
    aiko.delete("forget this")
    ben.expect_tombstone()
    ben.choose_from_room_menu("Saved for later")
    expect(ben.panel.get_by_text("No saved messages.")).to_be_visible()
