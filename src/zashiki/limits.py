"""How much one person may do in a while."""

from __future__ import annotations

import time
from collections.abc import Callable
from weakref import WeakValueDictionary

from zashiki import conf
from zashiki.errors import RateLimited


class Bucket:
    """A token bucket: so many at once, refilled evenly.

    Args:
        per_minute: how many in a minute, and how many at once; 0 for no limit.
        clock: seconds, monotonic.
    """

    __slots__ = ("_clock", "_left", "_per_minute", "_seen", "__weakref__")

    def __init__(self, per_minute: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._left = float(per_minute)
        self._seen = clock()

    def take(self) -> None:
        """Use one.

        Raises:
            RateLimited: none is left; says in how many seconds there will be.
        """
        if not self._per_minute:
            return
        now = self._clock()
        self._left = min(self._per_minute, self._left + (now - self._seen) * self._per_minute / 60)
        self._seen = now
        if self._left < 1:
            raise RateLimited(retry_after=(1 - self._left) * 60 / self._per_minute)
        self._left -= 1


_posts: WeakValueDictionary[str, Bucket] = WeakValueDictionary()
_previews: WeakValueDictionary[str, Bucket] = WeakValueDictionary()


def posts_of(person_key: str) -> Bucket:
    """The bucket for posts that all sockets of a person in this process share."""
    return _of(_posts, person_key)


def previews_of(person_key: str) -> Bucket:
    """The same for previews: as many as posts, and apart from them, so that looking does not cost one's words."""
    return _of(_previews, person_key)


def _of(buckets: WeakValueDictionary[str, Bucket], person_key: str) -> Bucket:
    bucket = buckets.get(person_key)
    if bucket is None:
        bucket = buckets[person_key] = Bucket(conf.get("POST_RATE"))
    return bucket
