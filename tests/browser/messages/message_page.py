"""Page object: a message's actions, threads and lists."""

from playwright.sync_api import expect

from tests.browser.room_page import PATIENCE
from tests.browser.sidebar.sidebar_page import SidebarPage


class MessagePage(SidebarPage):
    # Doing

    def open_address(self, address):
        self.page.goto(address)
        return self.wait_until_ready()

    def edit_last(self, text):
        """Without waiting for anything in between, as people do."""
        expect(self.field).to_have_value("")
        self.field.press("ArrowUp")
        self.send(text)
        self.expect_message(text)

    def react(self, emoji, text):
        self.choose_action("React", text)
        self.page.get_by_role("button", name=emoji, exact=True).click()

    def delete(self, text):
        """And waits until it cannot be undone any more."""
        self.choose_action("Delete", text)
        self.expect_tombstone()

    def choose_from_room_menu(self, what):
        """Choose something from the room's own menu."""
        self.page.get_by_role("button", name="Threads, pins and saved").click()
        self.page.get_by_role("menuitem", name=what).click()

    def reply_in_thread(self, text, also_in_room=False):
        self.panel.get_by_role("textbox").fill(text)
        self.panel.get_by_label("Also send to the room").set_checked(also_in_room)
        self.panel.get_by_role("button", name="Send").click()
        expect(self.in_panel(text)).to_have_count(1)

    def go_offline(self):
        self.context.set_offline(True)
        self.drop_connection()

    # Seeing

    def expect_tombstone(self):
        expect(self.page.get_by_text("This message was deleted.")).to_be_visible(timeout=PATIENCE)

    def expect_draft(self, room_name):
        """The sidebar says so."""
        expect(self.link(room_name)).to_have_accessible_description("has a draft", timeout=PATIENCE)

    def expect_unread_threads(self, number):
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

    def expect_toast(self, sentence):
        expect(self.page.locator(".z-toast-place > :visible")).to_contain_text(sentence)
