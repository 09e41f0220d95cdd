"""Somebody with an account, at a browser."""

import re

from playwright.sync_api import expect

from tests.browser.guest import Guest
from tests.browser.people.residents import PASSWORD


class Resident(Guest):
    """A guest who signs in and uses the pages."""

    # Doing

    def signs_in(self, username, password=PASSWORD):
        self.opens("/accounts/login/")
        self.page.get_by_label(re.compile("Login|Username")).fill(username)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        expect(self.page).to_have_url(re.compile("/chat/"))
        return self

    def opens(self, path):
        self.page.goto(self.chat_server.url + path)
        return self

    def fills(self, **fields):
        """Fill in fields by their labels, whose spaces are underscores here."""
        for label, value in fields.items():
            self.page.get_by_label(label.replace("_", " ")).fill(value)

    def chooses(self, label, value):
        self.page.get_by_label(label, exact=True).select_option(value)

    def presses(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()

    def says(self, text):
        expect(self.page.locator("zashiki-room[data-ready]")).to_be_visible()
        super().says(text)

    def follows(self, name):
        self.page.get_by_role("link", name=name, exact=True).click()

    def makes_room(self, name, kind="public"):
        self.opens("/chat/room/new/")
        self.fills(Name=name)
        self.chooses("Who can read it", kind)
        self.presses("Create room")
        expect(self.page.locator("zashiki-room[data-ready]")).to_be_visible()
        return self.here

    def breaks_off(self):
        """The connection is given up; the page makes a new one by itself."""
        self.page.evaluate("dispatchEvent(new Event('offline'))")

    def forgets(self, sentence):
        """What the browser itself said, as was to be expected here."""
        self.faults[:] = [fault for fault in self.faults if sentence not in fault]

    def makes_link(self, where, **how):
        """An invitation into the room at this path.

        Returns:
            its address.
        """
        self.opens(where + "invitations/")
        self.fills(**how)
        self.presses("Create link")
        return self.page.get_by_label("Link", exact=True).first.input_value()

    def adds(self, where, name):
        """Bring somebody into the room at this path."""
        self.opens(where + "about/")
        self.chooses("Add people", name)
        self.presses("Add")

    # Seeing

    def waits_in(self, room_name):
        """What the list of rooms counts for a room."""
        rooms = self.page.get_by_role("navigation", name="Rooms")
        return rooms.get_by_role("listitem").filter(has_text=room_name).locator(".z-count")

    @property
    def here(self):
        """The path of the page."""
        return self.page.url.removeprefix(self.chat_server.url)

    def reads(self, text):
        expect(self.page.get_by_text(text).first).to_be_visible()

    def reads_nothing_of(self, text):
        assert text not in self.page.content()
