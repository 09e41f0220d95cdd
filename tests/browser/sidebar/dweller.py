"""Somebody who goes from room to room, at a browser."""

from playwright.sync_api import expect

from tests.browser.guest import PATIENCE
from tests.browser.people.resident import Resident

HIDE = """isHidden => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => isHidden });
    document.dispatchEvent(new Event("visibilitychange"));
}"""


class Dweller(Resident):
    # Doing

    def comes_to(self, room_name):
        self.page.goto(self.chat_server.address(room_name))
        return self.arrives()

    def arrives(self):
        """The room and what stands around it are alive."""
        expect(self.page.locator("zashiki-room[data-ready]")).to_be_visible()
        expect(self.page.locator("html")).to_have_attribute("data-layout-ready", "")
        return self

    def goes_to(self, room_name):
        """By the sidebar."""
        self.link(room_name).click()
        return self.arrives()

    def says_all(self, *texts):
        for text in texts:
            self.says(text)
            self.sees(text)

    def opens_menu(self, text):
        """The menu of a message in the room."""
        self.message(text).hover()
        self.message(text).get_by_role("button", name="More").click()

    def does(self, action, text):
        """Choose something from a message's menu."""
        self.opens_menu(text)
        self.page.get_by_role("menuitem", name=action, exact=True).click()

    def looks_away(self):
        """Another tab or window is before their eyes."""
        self.page.evaluate(HIDE, True)

    def looks_back(self):
        self.page.evaluate(HIDE, False)

    # Seeing

    @property
    def sidebar(self):
        return self.page.get_by_role("navigation", name="Rooms")

    def entry(self, room_name):
        return self.sidebar.get_by_role("listitem").filter(has=self.link(room_name))

    def link(self, room_name):
        return self.page.get_by_role("link", name=room_name)

    def has_unread(self, room_name, number):
        """The sidebar counts so many messages; none if 0."""
        count = self.entry(room_name).locator(".z-count")
        if number:
            expect(count).to_have_text(str(number), timeout=PATIENCE)
            expect(count).to_be_visible()
        else:
            expect(count).to_be_hidden(timeout=PATIENCE)

    def has_title(self, title):
        expect(self.page).to_have_title(title)
