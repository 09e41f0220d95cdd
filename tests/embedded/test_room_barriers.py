"""A room in the page of a site: axe finds nothing in either, wide and narrow, by day and by night."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import assert_accessible
from tests.embedded.test_order_room import say

SIZES = {"wide": {"width": 1280, "height": 800}, "narrow": {"width": 390, "height": 844}}


@pytest.fixture
def aiko(shop):
    page = shop.sign_in("aiko")
    page.goto(shop.url("orders/1/"))
    say(page, "Is it `wrapped` as a **present**?")
    expect(page.locator("zashiki-room .z-message[data-position]").last).to_contain_text("present")
    return page


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nobody_meets_a_barrier(aiko, size, theme):
    aiko.emulate_media(color_scheme=theme, reduced_motion="reduce")
    aiko.set_viewport_size(SIZES[size])
    assert_accessible(aiko)
    assert aiko.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_a_message_offers_is_no_barrier(aiko):
    aiko.locator("zashiki-room .z-message").last.hover()
    aiko.get_by_role("button", name="More").click()
    expect(aiko.get_by_role("menu")).to_be_visible()
    assert_accessible(aiko)


def test_the_room_is_a_part_of_the_page(aiko):
    """The page has one heading of the first level, and it is the site's."""
    expect(aiko.get_by_role("heading", level=1)).to_have_count(1)
    expect(
        aiko.locator("zashiki-room").get_by_role("heading", level=2, name="Paper lantern").first
    ).to_be_visible()
