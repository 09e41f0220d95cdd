"""Page object: accounts, the directory, invitations."""

import re

from playwright.sync_api import expect

from tests.browser.people.seed_accounts import PASSWORD
from tests.browser.room_page import RoomPage


class AccountPages(RoomPage):
    """The pages of accounts, rooms and invitations, as somebody with an account uses them."""

    # Doing

    def sign_in(self, username, password=PASSWORD):
        self.open("/accounts/login/")
        self.page.get_by_label(re.compile("Login|Username")).fill(username)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        expect(self.page).to_have_url(re.compile("/chat/"))
        return self

    def open(self, path):
        self.page.goto(self.chat_server.url + path)
        return self

    def fill(self, **fields):
        """Fill in fields by their labels, whose spaces are underscores here."""
        for label, value in fields.items():
            self.page.get_by_label(label.replace("_", " ")).fill(value)

    def choose(self, label, value):
        self.page.get_by_label(label, exact=True).select_option(value)

    def press(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()

    def send(self, text):
        expect(self.page.locator("zashiki-room[data-ready]")).to_be_visible()
        super().send(text)

    def follow_link(self, name):
        self.page.get_by_role("link", name=name, exact=True).click()

    def create_room(self, name, kind="public"):
        self.open("/chat/room/new/")
        self.fill(Name=name)
        self.choose("Who can read it", kind)
        self.press("Create room")
        expect(self.page.locator("zashiki-room[data-ready]")).to_be_visible()
        return self.path

    def forget_error(self, sentence):
        """What the browser itself said, as was to be expected here."""
        self.faults[:] = [fault for fault in self.faults if sentence not in fault]

    def create_invitation(self, where, **how):
        """An invitation into the room at this path.

        Returns:
            its address.
        """
        self.open(where + "invitations/")
        self.fill(**how)
        self.press("Create link")
        return self.page.get_by_label("Link", exact=True).first.input_value()

    def add_person(self, where, name):
        """Bring somebody into the room at this path."""
        self.open(where + "about/")
        self.choose("Add people", name)
        self.press("Add")

    # Seeing

    def unread_count_of(self, room_name):
        """What the list of rooms counts for a room."""
        rooms = self.page.get_by_role("navigation", name="Rooms")
        return rooms.get_by_role("listitem").filter(has_text=room_name).locator(".z-count")

    @property
    def path(self):
        """The path of the page."""
        return self.page.url.removeprefix(self.chat_server.url)

    def expect_text(self, text):
        expect(self.page.get_by_text(text).first).to_be_visible()

    def expect_no_text(self, text):
        assert text not in self.page.content()
