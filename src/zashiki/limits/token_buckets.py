"""Token buckets in shared memory: small, outliving connections and restarts, and shared by all processes that open the same file.

The method is the generic cell rate algorithm (ITU-T I.371, "virtual scheduling"): of a bucket nothing is kept but the moment at which it
will be full again. A full bucket needs no entry at all, so an entry that has ended is free for another key.
"""

from __future__ import annotations

import hashlib
import logging
import mmap
import os
import struct
import threading
import time
from collections.abc import Callable
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: processes can lose each other's last charge, which is a charge too few
    fcntl = None  # type: ignore[assignment]

log = logging.getLogger("zashiki.limits.rate_limits")

SETS = 8192
WAYS = 8  # entries of a set; a key is looked for in one set alone
_SET = struct.Struct(
    "<" + "Qd" * WAYS
)  # for each entry a key's hash and the moment at which its bucket is full
_ENTRY = struct.Struct("<Qd")
SIZE = SETS * _SET.size  # bytes: 1 MiB for 65,536 buckets that are not full
_TAGS = 4096  # hashes that are remembered
_TINY = 1e-6  # seconds that rounding may cost
_TRIES = 200  # to get the lock; who holds it needs a few microseconds, unless it was stopped


class TokenBuckets:
    """Buckets by key, in memory or in a file.

    Memory is bounded. When a set has no free entry, the bucket that would be full first is forgotten: it limited its owner least. The
    hash is keyed, so nobody can choose keys that fall into the set of somebody else's.

    Args:
        path: a file that processes share; empty for memory of this process alone. A file that cannot be used is replaced by memory.
        secret: key of the hash, the same for all processes that share the file.
        clock: seconds, the same for all processes that share the file. A clock that was set back costs nobody more than one full bucket.
    """

    def __init__(self, path: str = "", secret: bytes = b"", clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._secret = hashlib.blake2b(secret, digest_size=32).digest()
        self._tags: dict[str, int] = {}  # hashes that were asked for lately
        self._guard = threading.Lock()
        self._file: int | None = None
        self._memory = self._open(path)

    def charge(self, key: str, cost: float, amount: float, period: float) -> float:
        """Take from a key's bucket.

        Args:
            cost: tokens to take; more than `amount` counts as `amount`.
            amount: tokens in a full bucket; an empty one is full again after `period`.
            period: seconds.

        Returns:
            0 when they were taken; otherwise nothing was, and there will be enough in so many seconds.
        """
        tag = self._tags.get(key) or self._tag_of(key)
        offset = tag % SETS * _SET.size
        taken = min(cost, amount) * period / amount
        with self._guard:
            locked = self._file is not None and self._lock_file(self._file)
            now = self._clock()
            entries = _SET.unpack_from(self._memory, offset)
            way = _way_of(tag, entries, now)
            full_at = entries[2 * way + 1] if entries[2 * way] == tag else now
            missing = min(max(full_at - now, 0.0), period)  # tokens, in seconds that it takes to get them
            wait = missing + taken - period
            left = missing if wait > _TINY else missing + taken
            _ENTRY.pack_into(self._memory, offset + way * _ENTRY.size, tag, now + left)
            if locked:
                fcntl.flock(self._file, fcntl.LOCK_UN)  # type: ignore[arg-type]
        return wait if wait > _TINY else 0.0

    def close(self) -> None:
        self._memory.close()
        if self._file is not None:
            os.close(self._file)

    # Private

    def _tag_of(self, key: str) -> int:
        digest = hashlib.blake2b(key.encode(), digest_size=8, key=self._secret).digest()
        if len(self._tags) >= _TAGS:
            self._tags.clear()
        tag = self._tags[key] = int.from_bytes(digest, "big") or 1
        return tag

    def _open(self, path: str) -> mmap.mmap:
        if path:
            try:
                self._file = os.open(Path(path), os.O_CREAT | os.O_RDWR, 0o600)
                os.ftruncate(self._file, SIZE)
                return mmap.mmap(self._file, SIZE)
            except OSError as fault:
                log.warning(
                    "limits are kept by each process alone, because %s cannot be used: %s", path, fault
                )
                if self._file is not None:
                    os.close(self._file)
                    self._file = None
        return mmap.mmap(-1, SIZE)

    def _lock_file(self, file: int) -> bool:
        """Whether the file was locked. The event loop must not wait for a process that was stopped while it held the lock."""
        if fcntl is None:
            return False
        for _ in range(_TRIES):
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            except BlockingIOError:
                os.sched_yield()
        return False


def _way_of(tag: int, entries: tuple[float, ...], now: float) -> int:
    """The entry of a key; if it has none, one that is free, or else the one that will be free first."""
    tags = entries[::2]
    if tag in tags:
        return tags.index(tag)
    ends = entries[1::2]
    return ends.index(min(ends))
