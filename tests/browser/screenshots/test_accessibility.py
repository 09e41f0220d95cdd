"""Every view there is, wide and narrow, by day and by night: axe finds nothing, and nothing hangs over the edge."""

import pytest

from tests.browser.axe import ALL, IN_FRONT, OF_COLOUR, OF_SIZE, assert_accessible
from tests.browser.screenshots.all import VIEWS, WELCOME
from tests.browser.screenshots.lookers import SIZES, Lookers
from tests.browser.screenshots.server import ScreenshotServer

AT_BOTH = ("wide", ALL), ("narrow", OF_SIZE)
NARROW = (("narrow", IN_FRONT),)
NEXT_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"  # what measures has measured


@pytest.fixture(scope="module")
def lookers(chromium, tmp_path_factory):
    chat_server = ScreenshotServer(tmp_path_factory.mktemp("chat_server"))
    yield Lookers(chat_server, chromium)
    chat_server.stop()


@pytest.fixture(scope="module")
def furnished(lookers):
    lookers.chat_server.furnish()


def test_the_first_visitor_meets_no_barrier(lookers):
    meets_no_barrier(WELCOME, lookers)


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_nobody_meets_a_barrier(furnished, lookers, view):
    meets_no_barrier(view, lookers)


def meets_no_barrier(view, lookers):
    sizes = NARROW if view.is_narrow else AT_BOTH
    looker = lookers.invite_again(view.who, sizes[0][0], "light", "en")
    looker.page.set_viewport_size(SIZES[sizes[0][0]]["viewport"])
    view.come(looker)
    for size, rules in sizes:
        looker.page.set_viewport_size(SIZES[size]["viewport"])
        looker.page.evaluate(NEXT_FRAMES)
        assert looker.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        looker.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        assert_accessible(looker.page, rules)
        looker.page.emulate_media(color_scheme="dark")
        assert_accessible(looker.page, OF_COLOUR)
