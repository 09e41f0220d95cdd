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
from tests.browser.screenshots.seed_server import NOW
from tests.browser.screenshots.server import ScreenshotServer
from tests.browser.screenshots.shop import VisitedShop
from tests.browser.screenshots.viewers import Viewers

WAYS = [*product(("wide", "narrow"), ("light", "dark"), ("en", "ja"))]
SAMPLES = [("wide", "light", "en"), ("narrow", "dark", "ja")]
NARROW_SAMPLES = [("narrow", "light", "en"), ("narrow", "dark", "ja")]
COLOURS = 256


def main(target, *names):
    """Without names, of all views."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        photographer = Photographer(Path(target), set(names))
        photographer.photograph_server(Path(folder), browser)
        photographer.photograph_shop(Path(folder), browser)
        browser.close()


class Photographer:
    def __init__(self, target, names):
        self._target, self._names = target, names

    def photograph_server(self, folder, browser):
        chat_server = ScreenshotServer(folder)
        viewers = Viewers(chat_server, browser)
        try:
            self._photograph(WELCOME, viewers)
            chat_server.seed_server()
            for view in VIEWS:
                self._photograph(view, viewers)
                chat_server.as_it_was()
        finally:
            chat_server.stop()

    def photograph_shop(self, folder, browser):
        if self._is_wanted("embedded"):
            shop = VisitedShop("", browser, folder)
            try:
                for way in SAMPLES:
                    self._keep(shop.order(*way), "embedded", way)
            finally:
                shop.stop()

    def _photograph(self, view, viewers):
        if not self._is_wanted(view.name):
            return
        ways = WAYS if view.is_main else SAMPLES
        for way in ways if not view.is_narrow else NARROW_SAMPLES:
            viewer = viewers.open(view.who, *way)
            viewer.page.clock.set_fixed_time(NOW)
            view.come(viewer)
            self._keep(viewer.page, view.name, way)
            viewer.context.close()

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
