"""Screenshots of every view, by ``bin/screenshots``: wide and narrow, light and dark, English and Japanese."""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests.journeys.furnish import NOW
from tests.journeys.guest import Guest
from tests.journeys.house import House

SIZES = {"wide": {"width": 1280, "height": 800}, "narrow": {"width": 390, "height": 844}}
THEMES = ("light", "dark")
SAMPLES = ("wide-light-en", "narrow-dark-ja")  # of the views that are seen seldom
ROOMS = {"en": "tea", "ja": "雑談"}
NAMES = {"en": "Aiko Tanaka", "ja": "澪"}


def main(target):
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        house = House(Path(folder))
        try:
            house.run("tests.journeys.furnish")
            for language in ROOMS:
                for size in SIZES:
                    for theme in THEMES:
                        Photographer(house, browser, target, size, theme, language).works()
        finally:
            house.stop()
            browser.close()


class Photographer(Guest):
    """A guest in one size, theme and language, who keeps what they see."""

    def __init__(self, house, browser, target, size, theme, language):
        self._target, self._kind, self._language = target, f"{size}-{theme}-{language}", language
        options = {"viewport": SIZES[size], "color_scheme": theme, "locale": language, "timezone_id": "UTC"}
        touch = {"has_touch": True, "is_mobile": True, "device_scale_factor": 2} if size == "narrow" else {}
        super().__init__(house, browser.new_context(**options, **touch))
        self.page.clock.set_fixed_time(NOW)

    def works(self):
        self._look_at("/chat/", "index")
        self.enters(ROOMS[self._language])
        if self._kind in SAMPLES:
            self._look_around()
        self.enters(ROOMS[self._language], NAMES[self._language])
        self._keep("room")
        if self._kind in SAMPLES:
            self._look_at_troubles()
        self.context.close()

    def _look_around(self):
        self._keep("name")
        self._look_at("", "welcome")
        self._look_at("/accounts/login/", "sign-in")
        self._look_at("/chat/%07/", "not-a-room")

    def _look_at(self, path, name):
        self.page.goto(self.house.url + path)
        self._keep(name)

    def _look_at_troubles(self):
        with self.house.without_table():
            self.field.fill("🍡?")
            self.page.locator(".z-send").click()
            self.sees_failed("🍡?")
        self._keep("failed")
        self.page.locator('[data-action="discard"]').click()
        self.context.set_offline(True)
        self.page.evaluate("dispatchEvent(new Event('offline'))")
        expect(self.page.locator('[data-status="offline"]')).to_be_visible()
        self._keep("offline")

    def _keep(self, name):
        self.page.evaluate("document.fonts.ready")
        self.page.wait_for_timeout(250)
        self.page.screenshot(path=self._target / f"{name}-{self._kind}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
