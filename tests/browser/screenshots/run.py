"""Pictures of every view, by ``bin/screenshots``: those seen daily in both sizes, themes and languages, the others in two of these ways."""

import io
import shutil
import sys
import tempfile
from itertools import product
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.screenshots.all import VIEWS, WELCOME
from tests.browser.screenshots.furnish import NOW
from tests.browser.screenshots.lookers import Lookers
from tests.browser.screenshots.server import ScreenshotServer
from tests.browser.screenshots.shop import VisitedShop

WAYS = [*product(("wide", "narrow"), ("light", "dark"), ("en", "ja"))]
SAMPLES = [("wide", "light", "en"), ("narrow", "dark", "ja")]
NARROW_SAMPLES = [("narrow", "light", "en"), ("narrow", "dark", "ja")]
COLOURS = 256


def main(target, *names):
    """Without names, of all views."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        photographer = Photographer(Path(target), set(names))
        photographer.works_in_house(Path(folder), browser)
        photographer.works_in_shop(Path(folder), browser)
        browser.close()


class Photographer:
    def __init__(self, target, names):
        self._target, self._names = target, names

    def works_in_house(self, folder, browser):
        chat_server = ScreenshotServer(folder)
        lookers = Lookers(chat_server, browser)
        try:
            self._photograph(WELCOME, lookers)
            chat_server.furnish()
            for view in VIEWS:
                self._photograph(view, lookers)
                chat_server.as_it_was()
        finally:
            chat_server.stop()

    def works_in_shop(self, folder, browser):
        if self._is_wanted("embedded"):
            shop = VisitedShop("", browser, folder)
            try:
                for way in SAMPLES:
                    self._keep(shop.order(*way), "embedded", way)
            finally:
                shop.stop()

    def _photograph(self, view, lookers):
        if not self._is_wanted(view.name):
            return
        ways = WAYS if view.is_main else SAMPLES
        for way in ways if not view.is_narrow else NARROW_SAMPLES:
            looker = lookers.invite(view.who, *way)
            looker.page.clock.set_fixed_time(NOW)
            view.come(looker)
            self._keep(looker.page, view.name, way)
            looker.context.close()

    def _is_wanted(self, name):
        return not self._names or name in self._names

    def _keep(self, page, name, way):
        page.evaluate("document.fonts.ready")
        page.wait_for_timeout(250)  # what moves has arrived
        picture = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
        picture.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
            self._target / f"{'-'.join([name, *way])}.png", optimize=True
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
