"""Page object for screenshots: elements are found without words, because the pages are in several languages."""

from playwright.sync_api import expect

from tests.browser.messages.message_page import MessagePage

ROOMS = {"en": "tea", "ja": "雑談"}
RESIDENTS = {"en": "aiko", "ja": "mio"}


class Viewer(MessagePage):
    """
    Args:
        language: of the browser, "en" or "ja".
    """

    def __init__(self, chat_server, context, language):
        super().__init__(chat_server, context)
        self.language = language

    @property
    def room(self):
        """The name of the room in which they talk."""
        return ROOMS[self.language]

    def room_id(self, name=None):
        return self.chat_server.room_id(name or self.room)

    # Doing

    def forget_all(self):
        """What was begun is gone, here and in the chat_server."""
        self.context.set_offline(False)
        self.page.goto("about:blank")
        devtools = self.context.new_cdp_session(self.page)
        devtools.send(
            "Storage.clearDataForOrigin", {"origin": self.chat_server.url, "storageTypes": "local_storage"}
        )
        self.chat_server.as_it_was()

    def enter_room(self, name=None):
        return self.open_room(name or self.room)

    def click(self, selector):
        self.page.locator(selector).first.click()

    def send(self, text):
        """By the button: under a thumb, Enter begins a new line."""
        self.field.fill(text)
        self.click(".z-send")

    def open_menu_of(self, position):
        """Of the message in this place, counted from the first; -1 is the last."""
        message = self.messages.nth(position - 1 if position > 0 else position)
        message.hover()
        message.locator('[data-action="menu"]').click()
        self.wait_for('[data-part="message-menu"]')

    def choose_from_menu_of(self, position, action):
        """From the menu of a message."""
        self.open_menu_of(position)
        self.click(f'[data-part="message-menu"] [data-action="{action}"]')

    def open_panel(self, action):
        """A list of the room's own menu."""
        self.click('[data-action="room-menu"]')
        self.click(f'[data-part="room-menu"] [data-action="{action}"]')

    def wait_for(self, selector):
        expect(self.page.locator(selector).first).to_be_visible()
