"""Page object: one person in a room, what they do and what they see."""

import re

from playwright.sync_api import expect

PATIENCE = 20_000  # milliseconds: a client may wait that long before it tries again
UNSENT = re.compile("pending|waiting|failed")  # states of a message that is not stored

# The timeline is scrolled from its end upwards.
SCROLL_TO = "(one, pixels) => { one.scrollTop = pixels - (one.scrollHeight - one.clientHeight); }"
SCROLLED = "one => [one.scrollHeight - one.clientHeight + one.scrollTop, -one.scrollTop]"


class RoomPage:
    """A room in a browser context of its own.

    Args:
        chat_server: where they go.
        context: the browser context that keeps their cookies.
    """

    def __init__(self, chat_server, context):
        self.chat_server = chat_server
        self.context = context
        self.page = context.new_page()
        self.faults = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", self._record_error)

    # Doing

    def enter(self, room_name, name=None):
        """Open a room; whoever is asked for a name gives one."""
        self.page.goto(self.chat_server.address(room_name))
        if name:
            self.page.locator(".z-room-footer").get_by_role("textbox").fill(name)
            self.page.locator(".z-room-footer").get_by_role("button").click()
            expect(self.field).to_be_visible()
        return self

    def send(self, text):
        self.field.fill(text)
        self.field.press("Enter")

    def reload(self):
        self.page.reload()

    def scroll(self, pixels):
        """Turn the wheel over the timeline; downwards if positive."""
        self.page.locator(".z-timeline").hover()
        self.page.mouse.wheel(0, pixels)

    def scroll_to(self, pixels):
        """To so far below the first line that the page holds."""
        self.page.locator(".z-timeline").evaluate(SCROLL_TO, pixels)

    def scroll_offsets(self):
        """How many pixels of what the page holds are above what one sees, and how many below."""
        return self.page.locator(".z-timeline").evaluate(SCROLLED)

    def drop_connection(self):
        """The connection is given up; the page makes a new one by itself."""
        self.page.evaluate("dispatchEvent(new Event('offline'))")

    # Seeing

    @property
    def field(self):
        return self.page.locator(".z-composer textarea")

    @property
    def messages(self):
        return self.page.locator(".z-messages > .z-message")

    def message(self, text):
        return self.messages.filter(has_text=text)

    def expect_message(self, text):
        """Exactly one message says this, and it is stored."""
        expect(self.message(text)).to_have_count(1, timeout=PATIENCE)
        expect(self.message(text)).not_to_have_attribute("data-state", UNSENT, timeout=PATIENCE)
        assert self.why_failed(text) is None

    def why_failed(self, text):
        """What is said of a message that was not sent, or `None`."""
        return self.message(text).evaluate(
            "one => one.dataset.state === 'failed' ? one.querySelector('.z-refusal').innerText : null"
        )

    def expect_pending(self, text):
        expect(self.message(text)).to_have_attribute("data-state", "pending")

    def expect_waiting(self, text):
        expect(self.message(text)).to_have_attribute("data-state", "waiting", timeout=PATIENCE)

    def expect_failed(self, text):
        expect(self.message(text)).to_have_attribute("data-state", "failed", timeout=PATIENCE)

    def expect_messages(self, *texts):
        """The messages of the page, from the first to the last."""
        expect(self.page.locator(".z-messages .z-body")).to_have_text(list(texts), timeout=PATIENCE)

    def expect_status(self, text):
        expect(self.page.get_by_text(text)).to_be_visible(timeout=PATIENCE)

    def positions(self):
        """The positions of the messages in the page, in the order in which they stand."""
        return self.messages.evaluate_all("all => all.map(one => Number(one.dataset.position))")

    def heads(self):
        """Of each message, whether its author is named above it."""
        return self.messages.evaluate_all(
            "all => all.map(one => one.querySelector('.z-author').offsetHeight > 1)"
        )

    # Private

    def _record_error(self, message):
        # A connection that cannot be made is said by the browser itself and is part of some journeys.
        if message.type == "error" and "WebSocket connection" not in message.text:
            self.faults.append(f"{message.text} ({message.location.get('url')})")
