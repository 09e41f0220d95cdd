"""Every view there is, wide and narrow, by day and by night: axe finds nothing, and nothing hangs over the edge."""

import pytest

from tests.browser.axe import ALL, IN_FRONT, OF_COLOUR, OF_SIZE, assert_accessible
from tests.browser.screenshots.all import VIEWS, WELCOME
from tests.browser.screenshots.server import ScreenshotServer
from tests.browser.screenshots.viewers import SIZES, Viewers

AT_BOTH = ("wide", ALL), ("narrow", OF_SIZE)
NARROW = (("narrow", IN_FRONT),)
NEXT_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"  # what measures has measured


@pytest.fixture(scope="module")
def viewers(chromium, tmp_path_factory):
    chat_server = ScreenshotServer(tmp_path_factory.mktemp("chat_server"))
    yield Viewers(chat_server, chromium)
    chat_server.stop()


@pytest.fixture(scope="module")
def furnished(viewers):
    viewers.chat_server.seed_server()


def test_the_first_visitor_meets_no_barrier(viewers):
    meets_no_barrier(WELCOME, viewers)


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_nobody_meets_a_barrier(furnished, viewers, view):
    meets_no_barrier(view, viewers)


def meets_no_barrier(view, viewers):
    sizes = NARROW if view.is_narrow else AT_BOTH
    viewer = viewers.open_again(view.who, sizes[0][0], "light", "en")
    viewer.page.set_viewport_size(SIZES[sizes[0][0]]["viewport"])
    view.come(viewer)
    for size, rules in sizes:
        viewer.page.set_viewport_size(SIZES[size]["viewport"])
        viewer.page.evaluate(NEXT_FRAMES)
        assert viewer.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        viewer.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        assert_accessible(viewer.page, rules)
        viewer.page.emulate_media(color_scheme="dark")
        assert_accessible(viewer.page, OF_COLOUR)
