"""Every view, from the entrance to what is broken."""

from tests.browser.screenshots import accounts, pages, refused, rooms  # noqa: F401  (each registers its views)
from tests.browser.screenshots.view import VIEWS

WELCOME = pages.WELCOME
__all__ = ["VIEWS", "WELCOME"]
