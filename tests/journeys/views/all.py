"""Every view, from the entrance to what is broken."""

from tests.journeys.views import accounts, pages, refused, rooms  # noqa: F401  (each tells of its own)
from tests.journeys.views.view import VIEWS

WELCOME = pages.WELCOME
__all__ = ["VIEWS", "WELCOME"]
