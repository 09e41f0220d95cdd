"""The live edge of rooms in this process: order, gaps, catching up."""

from zashiki.feed.announce import announce_from_anywhere
from zashiki.feed.event import Event, event_of
from zashiki.feed.feed import Feed
from zashiki.feed.feeds import Feeds
from zashiki.feed.page import Page

__all__ = ["Event", "Feed", "Feeds", "Page", "announce_from_anywhere", "event_of"]
