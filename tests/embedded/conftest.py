"""The example in ``examples/embedded`` at the root of its host, and below a path as behind a proxy."""

import pytest

from tests.embedded.shop import Shop


@pytest.fixture(scope="module", params=["", "/help"], ids=["at the root", "below a path"])
def shop(request, chromium, tmp_path_factory):
    shop = Shop(request.param, chromium, tmp_path_factory.mktemp("shop"))
    yield shop
    shop.stop()
    assert "Traceback" not in shop.log, shop.log


@pytest.fixture(autouse=True)
def closing_time(shop):
    """No browser outlives its test."""
    yield
    shop.close_browsers()
