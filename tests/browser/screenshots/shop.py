"""The example shop, with a talk in the room of an order."""

from playwright.sync_api import expect

from tests.browser.screenshots.viewers import SIZES
from tests.embedded.shop import Shop

TALK = (
    ("bela", "Your lantern is ready. Shall we send it, or will you come by?"),
    ("aiko", "On Saturday, thank you! **Not** before ten."),
    ("bela", "Good. It waits at the counter, in the blue paper."),
)


class VisitedShop(Shop):
    def __init__(self, prefix, browser, folder):
        super().__init__(prefix, browser, folder)
        for who, text in TALK:
            self._says(who, text)

    def order(self, size, theme, language):
        """Aiko's page of her order."""
        self.sign_in("aiko")
        options = {**SIZES[size], "color_scheme": theme, "locale": language, "timezone_id": "UTC"}
        return self._open(self.new_page(storage_state=self._signed_in["aiko"], **options))

    def _says(self, who, text):
        page = self._open(self.sign_in(who))
        page.locator(".z-composer textarea").fill(text)
        page.locator(".z-send").click()
        expect(page.locator(".z-message[data-id]").filter(has_text=text[:10])).to_be_visible()

    def _open(self, page):
        page.goto(self.url("orders/1/"))
        expect(page.locator("zashiki-room[data-ready]")).to_be_visible()
        return page
