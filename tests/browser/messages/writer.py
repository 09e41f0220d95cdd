"""Somebody who does things with messages, at a browser."""

from playwright.sync_api import expect

from tests.browser.guest import PATIENCE
from tests.browser.sidebar.dweller import Dweller


class Writer(Dweller):
    # Doing

    def comes_by(self, address):
        self.page.goto(address)
        return self.arrives()

    def edits_last(self, text):
        """Without waiting for anything in between, as people do."""
        expect(self.field).to_have_value("")
        self.field.press("ArrowUp")
        self.says(text)
        self.sees(text)

    def reacts(self, emoji, text):
        self.does("React", text)
        self.page.get_by_role("button", name=emoji, exact=True).click()

    def deletes(self, text):
        """And waits until it cannot be undone any more."""
        self.does("Delete", text)
        self.sees_tombstone()

    def looks_up(self, what):
        """Choose something from the room's own menu."""
        self.page.get_by_role("button", name="Threads, pins and saved").click()
        self.page.get_by_role("menuitem", name=what).click()

    def answers_in_thread(self, text, also_in_room=False):
        self.panel.get_by_role("textbox").fill(text)
        self.panel.get_by_label("Also send to the room").set_checked(also_in_room)
        self.panel.get_by_role("button", name="Send").click()
        expect(self.in_panel(text)).to_have_count(1)

    def goes_offline(self):
        self.context.set_offline(True)
        self.page.evaluate("dispatchEvent(new Event('offline'))")

    # Seeing

    def sees_tombstone(self):
        expect(self.page.get_by_text("This message was deleted.")).to_be_visible(timeout=PATIENCE)

    def has_draft(self, room_name):
        """The sidebar says so."""
        expect(self.link(room_name)).to_have_accessible_description("has a draft", timeout=PATIENCE)

    def has_threads_waiting(self, number):
        """The button that leads to them says so."""
        button = self.page.get_by_role("button", name="Threads, pins and saved")
        said = f"Threads with unread replies: {number}" if number else ""
        expect(button).to_have_accessible_description(said, timeout=PATIENCE)

    @property
    def panel(self):
        return self.page.get_by_role("complementary")

    def in_panel(self, text):
        return self.panel.locator(".z-message").filter(has_text=text)

    @property
    def focused(self):
        return self.page.locator(":focus")

    def reaction(self, text):
        return self.message(text).locator(".z-reactions button")

    def is_told(self, sentence):
        expect(self.page.locator(".z-toast-place > :visible")).to_contain_text(sentence)
