"""Page object: the sidebar, and moving from room to room."""

from playwright.sync_api import expect

from tests.browser.people.account_pages import AccountPages
from tests.browser.room_page import PATIENCE

HIDE = """isHidden => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => isHidden });
    document.dispatchEvent(new Event("visibilitychange"));
}"""


class SidebarPage(AccountPages):
    # Doing

    def open_room(self, room_name):
        self.page.goto(self.chat_server.address(room_name))
        return self.wait_until_ready()

    def wait_until_ready(self):
        """The room and what stands around it are alive."""
        expect(self.page.locator("zashiki-room[data-ready]")).to_be_visible()
        expect(self.page.locator("html")).to_have_attribute("data-layout-ready", "")
        return self

    def switch_to(self, room_name):
        """By the sidebar."""
        self.link(room_name).click()
        return self.wait_until_ready()

    def send_all(self, *texts):
        for text in texts:
            self.send(text)
            self.expect_message(text)

    def open_menu(self, text):
        """The menu of a message in the room."""
        self.message(text).hover()
        self.message(text).get_by_role("button", name="More").click()

    def choose_action(self, action, text):
        """Choose something from a message's menu."""
        self.open_menu(text)
        self.page.get_by_role("menuitem", name=action, exact=True).click()

    def hide_tab(self):
        """Another tab or window is before their eyes."""
        self.page.evaluate(HIDE, True)

    def show_tab(self):
        self.page.evaluate(HIDE, False)

    # Seeing

    @property
    def sidebar(self):
        return self.page.get_by_role("navigation", name="Rooms")

    def entry(self, room_name):
        return self.sidebar.get_by_role("listitem").filter(has=self.link(room_name))

    def link(self, room_name):
        return self.page.get_by_role("link", name=room_name)

    def expect_unread(self, room_name, number):
        """The sidebar counts so many messages; none if 0."""
        count = self.entry(room_name).locator(".z-count")
        if number:
            expect(count).to_have_text(str(number), timeout=PATIENCE)
            expect(count).to_be_visible()
        else:
            expect(count).to_be_hidden(timeout=PATIENCE)

    def expect_title(self, title):
        expect(self.page).to_have_title(title)
